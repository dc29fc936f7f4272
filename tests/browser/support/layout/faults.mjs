// One small page for each kind of fault, and what the rule says of it: a rule that finds nothing has to be one that can.

const page = (style, body) => `<!doctype html><style>body{margin:0;font:16px/1.3 sans-serif}${style}</style>${body}`;
const list = (n) => Array.from({ length: n }, (_, i) => `<li><button>Row ${i + 1}</button></li>`).join("");

/** @type {Record<string, { html: string, says?: RegExp, see?: object }>} */
export const seeded = {
  "nothing wrong": {
    html: page(".bar{position:sticky;bottom:0;background:#fff}main{height:3000px}", `<h1>Question</h1><main><button>One</button></main><div class="bar"><a href="#x">Way</a></div>`),
    see: { question: "h1", answer: { at: "button", first: 2 } },
  },
  "a list that goes on": {
    html: page("section{height:200px;overflow-y:auto}li{height:44px}", `<section><ul>${list(60)}</ul></section>`),
  },
  "a control under something": {
    html: page(".veil{position:absolute;inset:0;margin:0;background:#fff}div{position:relative}", `<div><button>Below</button><p class="veil">Above</p></div>`),
    says: /^covered by p\.veil .*: button “Below”$/,
  },
  "a control that scrolling never shows": {
    html: page("section{height:60px;overflow:hidden;position:relative}button{position:absolute;top:200px}", `<section><button>Gone</button></section>`),
    says: /Gone/,
  },
  "a question pushed out of sight": {
    html: page("h1{margin-top:1200px}", "<h1>Question</h1>"),
    see: { question: "h1" },
    says: /^question is not in sight at rest: h1/,
  },
  "an answer under a bar that stays": {
    html: page(".bar{position:fixed;bottom:0;height:400px;width:100%;background:#fff}button{display:block;height:150px}", `<button>One</button><button>Two</button><button>Three</button><div class="bar"></div>`),
    see: { answer: { at: "button", first: 3 } },
    says: /^answer is not in sight at rest: button “Three”/,
  },
  "a page without its main action": { html: page("", "<h1>Title</h1>"), see: { "main action": ".main" }, says: /^main action is not there/ },
  "a button hidden in a column that scrolls": {
    html: page("aside{height:200px;width:300px;overflow-y:auto}main{height:300px;overflow-y:auto}p{margin:0;height:100px}", `<aside><p>One</p><p>Two</p><button>Close the day</button></aside><main><p>Much</p><p>to read</p><p>here</p><p>and there</p></main>`),
    says: /^hidden in a box that scrolls \(aside\): button “Close the day”$/,
  },
  "a sentence that is cut": {
    html: page("p{width:80px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis}", "<p>A sentence that is longer</p>"),
    says: /^cut at the side: /,
  },
  "lines that are cut": {
    html: page("p{width:80px;height:30px;overflow:hidden}", "<p>A sentence that needs more lines than there are</p>"),
    says: /^cut (above or )?below: /,
  },
  "a word wider than its button": {
    html: page("button{width:60px;border:1px solid;overflow:visible}", "<button>Arbeitsplatzvermittlung</button>"),
    says: /^outside of its box: “Arbeitsplatzvermittlung”/,
  },
  "two sentences on one another": {
    html: page("div{height:21px;width:200px}", "<div>The first sentence, over three lines of text as it is</div><div>The second</div>"),
    says: /^one on the other: /,
  },
  "a page wider than its window": { html: page("p{width:1500px}", "<p>Wide</p>"), says: /^the page is \d+ px wide in a window of 1024 px: p/ },
  "a table that scrolls sideways": {
    html: page("div{width:200px;overflow-x:auto}p{width:400px}", "<div><p>Wide</p></div>"),
    says: /^scrolls sideways/,
  },
  "a value that is cut in its field": { html: page("input{width:60px}", `<input value="A long value">`), says: /^cut in its field/ },
};
