//! The page of results: the driver's reports, one below the other, with what was measured and when.

/// One run of the driver.
pub(super) struct Run {
    /// By how much the browser was slowed down.
    pub(super) throttle: String,
    /// What the driver reported, in Markdown with one heading of the first rank.
    pub(super) report: String,
}

/// The page of results.
pub(super) fn page(commit: &str, day: &str, runs: &[Run]) -> String {
    let mut page = format!(
        "# Firsthand beside its peers\n\n\
         Written by `cargo xtask bench --peers FOLDER`; [README.md](README.md) says how to get the same. \
         Commit {commit}, measured on {day}.\n"
    );
    for Run { throttle, report } in runs {
        let title = match throttle.as_str() {
            "1" => "At full speed".to_owned(),
            times => format!("Slowed down {times} times"),
        };
        for line in report.lines() {
            page.push('\n');
            match line.strip_prefix("# ") {
                Some(_) => page.push_str(&format!("## {title}")),
                // The reports' headings stand below those of this page.
                None if line.starts_with("##") => page.push_str(&format!("#{line}")),
                None => page.push_str(line),
            }
        }
        page.push('\n');
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_stand_below_headings_of_their_own() {
        let run = |throttle: &str| Run {
            throttle: throttle.to_owned(),
            report: "# Form engines side by side\n\n4 cores\n\n## plain\n\n| a | b |\n".to_owned(),
        };
        let page = page("abc", "2026-11-22", &[run("1"), run("4")]);
        let headings: Vec<&str> = page.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(
            headings,
            [
                "# Firsthand beside its peers",
                "## At full speed",
                "### plain",
                "## Slowed down 4 times",
                "### plain"
            ]
        );
        assert!(page.contains("Commit abc, measured on 2026-11-22."));
        assert!(page.contains("\n\n4 cores\n\n") && page.ends_with("| a | b |\n"));
    }
}
