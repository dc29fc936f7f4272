//! The control of live streams: a process that does nothing but write the same bytes to as many connections.

use std::{process::Stdio, sync::Arc};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    sync::Mutex,
};

const VARIABLE: &str = "PARVIS_BENCH_BARE";
/// Whether this process is the control.
pub fn was_asked_for() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

/// The sizes of a board's frame and of a phone's line.
fn sizes() -> [usize; 2] {
    let said = std::env::var(VARIABLE).expect("two sizes");
    let (board, line) = said.split_once(' ').expect("two sizes");
    [board, line].map(|size| size.parse().expect("a size"))
}

/// Accepts connections, and writes to all of them at each byte that the first of them says.
pub async fn serve() {
    crate::raise_file_limit();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    let (mut orders, _) = listener.accept().await.unwrap();
    let connections: Arc<Mutex<Vec<TcpStream>>> = Arc::default();
    let accepted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0_u8; 1024];
            let _ = stream.read(&mut request).await;
            stream.set_nodelay(true).unwrap();
            stream.write_all(b"data: 1\n\n").await.unwrap();
            accepted.lock().await.push(stream);
        }
    });
    let frames = sizes().map(frame);
    while orders.read_u8().await.is_ok() {
        for (n, stream) in connections.lock().await.iter_mut().enumerate() {
            stream.write_all(&frames[n % 2]).await.unwrap();
        }
    }
}

fn frame(size: usize) -> Vec<u8> {
    let digits = size.saturating_sub(b"data: \n\n".len());
    format!("data: {:0>digits$}\n\n", 1).into_bytes()
}

/// The control as a child process.
pub struct Bare {
    address: String,
    orders: Mutex<TcpStream>,
    child: Child,
}

impl Bare {
    /// Starts it, to write frames of these sizes.
    pub async fn start([board, line]: [usize; 2]) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(VARIABLE, format!("{board} {line}"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the control starts");
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = said.next_line().await.unwrap().expect("its address");
        let orders = Mutex::new(TcpStream::connect(&address).await.expect("it listens"));
        Self { address, orders, child }
    }
    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }
    /// Has it write to everybody.
    pub async fn tell(&self) {
        self.orders.lock().await.write_u8(1).await.unwrap();
    }
    /// Ends it.
    pub async fn stop(mut self) {
        self.child.kill().await.unwrap();
    }
}
