//! What a browser says it is, in two words that its owner recognises: `Firefox / Windows`. It says what it likes, so
//! nothing is decided by it.

/// The names that browsers give themselves; those that name others as well stand first.
const BROWSERS: [(&str, &str); 7] = [
    ("MicroMessenger/", "WeChat"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];
/// The systems they say they run on; those that are built on others stand first.
const SYSTEMS: [(&str, &str); 7] = [
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// The browser and the system behind this header; nothing of what is not known.
pub fn device(agent: &str) -> String {
    let known =
        |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let parts: Vec<&str> = [known(&BROWSERS), known(&SYSTEMS)].into_iter().flatten().collect();
    parts.join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_by_its_own_name() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36";
        assert_eq!(device(chrome), "Chrome / Linux");
        assert_eq!(device(&format!("{chrome} Edg/131.0")), "Edge / Linux");
        let safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/18.0 Safari/605.1.15";
        assert_eq!(device(safari), "Safari / macOS");
        assert_eq!(device("Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"), "Firefox / Windows");
    }

    #[test]
    fn what_is_not_known_is_not_repeated() {
        assert_eq!(device("<script>alert(1)</script>"), "");
        assert_eq!(device(""), "");
    }
}
