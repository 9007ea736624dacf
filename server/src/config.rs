//! What the operator decides: every option has an environment variable of the same meaning.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use clap::Args;
use partner_center::{
    calls::{BadVoice, Telephony, VoiceCall},
    vault::{BadKeys, Vault},
};

/// Where the data lies and which keys open it.
#[derive(Args, Clone, Debug)]
pub struct DataOptions {
    /// SQLite file or PostgreSQL database.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite://partner-center.db?mode=rwc")]
    pub database_url: String,
    /// The key ring that seals personal data: `1:BASE64-OF-32-BYTES`, several separated by commas, the newest last.
    #[arg(long, env = "PARTNER_CENTER_KEYS", hide_env_values = true, default_value = "")]
    pub keys: String,
    /// Use the keys of the demo, which everybody knows.
    #[arg(long, env = "PARTNER_CENTER_DEMO")]
    pub demo: bool,
}

/// How the product is served.
#[derive(Args, Clone, Debug)]
pub struct ServeOptions {
    #[command(flatten)]
    pub data: DataOptions,
    /// Where to listen.
    #[arg(long, env = "PARTNER_CENTER_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// The address at which people reach the product, e.g. `https://partners.example`. Without it, http at `--addr`.
    #[arg(long, env = "PARTNER_CENTER_ORIGIN")]
    pub origin: Option<String>,
    /// Where to listen for whoever collects metrics; port 0 picks a free one.
    #[arg(long, env = "PARTNER_CENTER_METRICS_ADDR", default_value = "127.0.0.1:9464")]
    pub metrics_addr: SocketAddr,
    /// The folder of the built site: styles, script, WebAssembly, public files.
    #[arg(long, env = "PARTNER_CENTER_SITE")]
    pub site: Option<PathBuf>,
    /// The mail server, e.g. `smtps://user:password@mail.example`. Without it no e-mail leaves, and the outbox says so.
    #[arg(long, env = "PARTNER_CENTER_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// The sender of e-mails, e.g. `Partner Center <noreply@partners.example>`.
    #[arg(long, env = "PARTNER_CENTER_MAIL_FROM", default_value = "Partner Center <noreply@localhost>")]
    pub mail_from: String,
    /// Log as JSON lines.
    #[arg(long, env = "PARTNER_CENTER_LOG_JSON")]
    pub log_json: bool,
    /// How many proxies in front add their client to `X-Forwarded-For`.
    #[arg(long, env = "PARTNER_CENTER_PROXIES", default_value_t = 0)]
    pub proxies: usize,
    #[command(flatten)]
    pub voice: VoiceOptions,
}

/// Who carries outbound calls: the voice call service of Huawei Cloud. Without an address no call is placed, except in the
/// demo, whose calls happen by themselves.
#[derive(Args, Clone, Debug, Default)]
pub struct VoiceOptions {
    /// The address of the voice service, e.g. `https://rtccall.cn-north-1.myhuaweicloud.cn:443`.
    #[arg(long, env = "PARTNER_CENTER_VOICE_URL", requires_all = ["voice_app_key", "voice_app_secret", "voice_display_number"])]
    pub voice_url: Option<String>,
    /// The key of the application there.
    #[arg(long, env = "PARTNER_CENTER_VOICE_APP_KEY")]
    pub voice_app_key: Option<String>,
    /// Its secret.
    #[arg(long, env = "PARTNER_CENTER_VOICE_APP_SECRET", hide_env_values = true)]
    pub voice_app_secret: Option<String>,
    /// The number that both phones show, e.g. `+8675512345678`.
    #[arg(long, env = "PARTNER_CENTER_VOICE_DISPLAY_NUMBER")]
    pub voice_display_number: Option<String>,
    /// Take callbacks without a signature, where the service sends none; a wrong signature is refused all the same.
    #[arg(long, env = "PARTNER_CENTER_VOICE_UNSIGNED_CALLBACKS")]
    pub voice_unsigned_callbacks: bool,
}

impl DataOptions {
    /// The key ring; the demo's if it is asked for and no other is given.
    pub fn vault(&self) -> Result<Arc<Vault>, BadKeys> {
        if self.keys.is_empty() && self.demo {
            return Ok(Arc::new(Vault::demo()));
        }
        Vault::parse(&self.keys).map(Arc::new)
    }
}

impl ServeOptions {
    /// Whether people reach the product over an encrypted connection.
    pub fn secure(&self) -> bool {
        self.origin.as_deref().is_some_and(|origin| origin.starts_with("https://"))
    }

    /// Refuses what must not face the world: plain http anywhere but on the machine itself, the demo's well-known
    /// passwords and keys, and a proxy that is not counted, behind which everybody would have one address.
    pub fn check(&self) -> Result<(), String> {
        let refused = |why: &str| Err(why.to_owned());
        if !self.secure() && !self.addr.ip().is_loopback() {
            return refused("--origin must be an https:// address unless --addr is on the loopback interface");
        }
        if self.data.demo && (self.secure() || !self.addr.ip().is_loopback()) {
            return refused("--demo is for this machine alone: everybody knows its passwords and keys");
        }
        if self.secure() && self.proxies == 0 {
            return refused("behind an https:// origin stands a proxy: say how many with --proxies");
        }
        Ok(())
    }

    /// Who carries outbound calls. The voice service reports to the address at which people reach the product.
    pub fn telephony(&self) -> Result<Telephony, BadVoice> {
        let VoiceOptions { voice_url, voice_app_key, voice_app_secret, voice_display_number, voice_unsigned_callbacks } =
            &self.voice;
        let Some(url) = voice_url else {
            return Ok(if self.data.demo { Telephony::Simulator } else { Telephony::Absent });
        };
        let text = |option: &Option<String>| option.clone().unwrap_or_default();
        let base = self.origin.clone().unwrap_or_else(|| format!("http://{}", self.addr));
        let (key, secret) = (text(voice_app_key), text(voice_app_secret));
        let voice = VoiceCall::new(url, &key, &secret, &text(voice_display_number), &base)?;
        Ok(Telephony::VoiceCall(Box::new(voice.taking_unsigned(*voice_unsigned_callbacks))))
    }

    /// The folder of the built site: as told, else beside the program, else where the build puts it.
    pub fn site(&self) -> PathBuf {
        self.site.clone().unwrap_or_else(|| {
            let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("site")));
            beside.filter(|site| site.is_dir()).unwrap_or_else(|| PathBuf::from("target/site"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(addr: &str, origin: Option<&str>, demo: bool, proxies: usize) -> ServeOptions {
        ServeOptions {
            data: DataOptions { database_url: String::new(), keys: String::new(), demo },
            addr: addr.parse().unwrap(),
            origin: origin.map(str::to_owned),
            metrics_addr: "127.0.0.1:0".parse().unwrap(),
            site: None,
            smtp_url: None,
            mail_from: String::new(),
            log_json: false,
            proxies,
            voice: VoiceOptions::default(),
        }
    }

    #[test]
    fn an_origin_too_long_for_the_voice_service_is_refused_at_the_start() {
        let origin = format!("https://{}.example", "a".repeat(63));
        let mut options = options("127.0.0.1:3000", Some(&origin), false, 1);
        assert!(options.telephony().is_ok(), "nobody is told where to report");
        options.voice.voice_url = Some("https://rtccall.example".to_owned());
        assert_eq!(options.telephony().err(), Some(BadVoice::LongOrigin));
        options.origin = Some("https://partners.example/".to_owned());
        assert!(options.telephony().is_ok());
    }

    #[test]
    fn only_what_is_safe_faces_the_world() {
        let (here, everywhere, public) = ("127.0.0.1:3000", "0.0.0.0:3000", Some("https://partners.example"));
        for (addr, origin, demo, proxies, accepted) in [
            (here, None, false, 0, true),
            (here, None, true, 0, true),
            (everywhere, None, false, 0, false),
            (everywhere, Some("http://partners.example"), false, 1, false),
            (everywhere, public, false, 1, true),
            (here, public, false, 1, true),
            (here, public, false, 0, false),
            (here, public, true, 1, false),
            (everywhere, public, true, 1, false),
        ] {
            let options = options(addr, origin, demo, proxies);
            assert_eq!(options.check().is_ok(), accepted, "{addr} {origin:?} demo={demo} proxies={proxies}");
        }
    }
}
