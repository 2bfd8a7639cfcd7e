//! `firsthand serve`.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use server::{Clock, Config, Origin, Server};
use tokio::net::TcpListener;
use tracing::level_filters::LevelFilter;

use crate::data::Data;
use crate::front;
use crate::terminal::say;

/// How to serve.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The address to listen on. Port 0 takes any that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    data: Data,
    /// The folder of the built front end, instead of the one in this program.
    #[arg(long, value_name = "FOLDER")]
    dist: Option<PathBuf>,
    /// The address that people type, such as `https://records.example.gov.uk`. Needed when other machines can reach
    /// this one: what stands between them and this program must speak TLS.
    #[arg(long, value_name = "URL")]
    origin: Option<Origin>,
    /// Put made-up people and families there, with a password that the sign-in page shows.
    #[arg(long)]
    demo: bool,
    /// How much to say on the error stream: off, error, warn, info, debug or trace.
    #[arg(long, value_name = "LEVEL", default_value = "info")]
    log: LevelFilter,
}

/// The command.
pub(crate) async fn serve(options: Options) -> Result<ExitCode> {
    let Options {
        listen,
        data,
        dist,
        origin,
        demo,
        log,
    } = options;
    tracing_subscriber::fmt()
        .with_max_level(log)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    ensure!(
        listen.ip().is_loopback() || origin.is_some(),
        "other machines can reach {listen}: say with --origin https://… at which address they do, over TLS"
    );
    let front = front::files(dist).await?;
    let store = data.open_or_make().await?;
    let config = Config {
        store: Arc::new(store.clone()),
        clock: Clock::system(),
        front,
        origin: origin.clone(),
        demonstration: demo,
    };
    let server = Server::start(config).await?;
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}"))?;
    // Programs wait for this line, so it stays as it is.
    say(&format!("listening on http://{}", listener.local_addr()?));
    if let Some(origin) = origin {
        say(&format!("people reach it at {origin}"));
    }
    if demo {
        say("this is a demonstration: the sign-in page lists who you can be");
    }
    let served = server.serve(listener, told_to_stop()).await;
    store.close().await;
    served.context("the server failed")?;
    Ok(ExitCode::SUCCESS)
}

/// Ends when the program is interrupted, or asked to end.
async fn told_to_stop() {
    let interrupted = async {
        // Without a way to hear of it, there is nothing to wait for.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            terminate.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
