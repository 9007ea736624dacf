//! A program that runs beside us and ends with us.

use std::process::{Child, Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Result;
use crate::platform::signal;

const PATIENCE: Duration = Duration::from_secs(15);

pub struct Running {
    child: Child,
    farewell: &'static str,
}

impl Running {
    /// Starts it; `farewell` is the signal that asks this program to end in good order.
    pub fn start(command: &mut Command, farewell: &'static str) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().map_err(|error| format!("cannot run `{name}`: {error}"))?;
        Ok(Self { child, farewell })
    }

    /// How it ended, if it ended by itself.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    fn stop(&mut self) -> Result<()> {
        if self.ended()?.is_some() {
            return Ok(());
        }
        let deadline = Instant::now() + PATIENCE;
        let asked = signal(self.child.id(), self.farewell);
        while asked && Instant::now() < deadline {
            if self.ended()?.is_some() {
                return Ok(());
            }
            sleep(Duration::from_millis(50));
        }
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("xtask: process {} may still run: {error}", self.child.id());
        }
    }
}
