//! Waiting, never for ever, until a server can be used.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Result;
use crate::process::Running;

const GLANCE: Duration = Duration::from_millis(200);
const ONE_ANSWER: Duration = Duration::from_secs(5);

/// A port of this computer on which nobody listens.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Looks again and again until the server is ready, ends, or takes too long.
pub fn wait_until(server: &mut Running, patience: Duration, is_ready: impl Fn() -> bool) -> Result<()> {
    let deadline = Instant::now() + patience;
    while !is_ready() {
        if let Some(status) = server.ended()? {
            return Err(format!("it ended before it was ready: {status}").into());
        }
        if Instant::now() > deadline {
            return Err(format!("it was not ready after {} seconds", patience.as_secs()).into());
        }
        sleep(GLANCE);
    }
    Ok(())
}

/// Whether a plain GET is answered with 200.
pub fn answers_200(address: SocketAddr, path: &str) -> bool {
    status_line(address, path).is_ok_and(|line| line.split(' ').nth(1) == Some("200"))
}

fn status_line(address: SocketAddr, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, ONE_ANSWER)?;
    stream.set_read_timeout(Some(ONE_ANSWER))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    // Read to its end: closing early would look like a broken connection to the server.
    let mut response = Vec::new();
    stream.read_to_end(&mut response)?;
    Ok(String::from_utf8_lossy(&response).lines().next().unwrap_or_default().to_owned())
}
