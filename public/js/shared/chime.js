/** Two soft notes, the second lower: heard in a hall, never an alarm. No file, so nothing to load. */
export function chime(audio, notes = [659.3, 523.3], volume = 0.5) {
  notes.forEach((pitch, i) => {
    const start = audio.currentTime + 0.05 + i * 0.42;
    // A bell: a fundamental and two quieter partials that fade sooner.
    [[1, 1, 1.6], [2, 0.35, 0.9], [3.01, 0.12, 0.5]].forEach(([times, loud, long]) => {
      const tone = audio.createOscillator();
      const fade = audio.createGain();
      tone.frequency.value = pitch * times;
      fade.gain.setValueAtTime(0, start);
      fade.gain.linearRampToValueAtTime(volume * loud, start + 0.012);
      fade.gain.exponentialRampToValueAtTime(0.0001, start + long);
      tone.connect(fade).connect(audio.destination);
      tone.start(start);
      tone.stop(start + long);
    });
  });
}

/** A new audio context, or none where the browser has no sound. */
export function audioContext() {
  const Context = window.AudioContext || window.webkitAudioContext;
  return Context ? new Context() : null;
}
