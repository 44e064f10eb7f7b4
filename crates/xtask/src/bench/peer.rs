//! moto's server, with which the engine is compared.

use crate::step::Failure;
use crate::tools::python::{self, Use};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; ended when it is dropped.
pub(super) struct Peer {
    child: Child,
    port: u16,
}

impl Peer {
    /// Starts it and waits until it takes connections.
    pub(super) fn start() -> Result<Self, Failure> {
        let python = python::ensure(Use::Peer)?;
        // moto cannot choose a port itself; between here and its start nobody else is likely to take this one.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = Command::new(python)
            .args(["-m", "moto.server", "--host", "127.0.0.1", "--port"])
            .arg(port.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let peer = Self { child, port };
        peer.wait()?;
        peer.let_it_run()?;
        Ok(peer)
    }

    /// Executions only run when its own settings say so.
    fn let_it_run(&self) -> Result<(), Failure> {
        let body = r#"{"stepfunctions": {"execute_state_machine": true}}"#;
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "POST /moto-api/config HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        if answer
            .split_whitespace()
            .nth(1)
            .is_some_and(|status| status.starts_with('2'))
        {
            Ok(())
        } else {
            Err(Failure::Other(format!(
                "moto's server does not take its settings: {answer}"
            )))
        }
    }

    fn wait(&self) -> Result<(), Failure> {
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if begin.elapsed() > PATIENCE {
                return Err(Failure::Other("moto's server does not listen.".into()));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// `http://…`
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Nothing is left to do for it when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
