//! The page of results: the driver's reports, one below the other, with what was measured and when, then the figures of
//! a long page, then those of the compiler and the engine alone, then what a person has written about them.

/// The heading of what a person has written about the figures. It is kept when they are measured again.
const REMARKS: &str = "## What is missed, and what holds it";

/// One run of the driver.
pub(super) struct Run {
    /// By how much the browser was slowed down.
    pub(super) throttle: String,
    /// What the driver reported, in Markdown with one heading of the first rank.
    pub(super) report: String,
}

/// What was measured.
#[derive(Default)]
pub(super) struct Measured {
    /// Beside the peers.
    pub(super) runs: Vec<Run>,
    /// How a long page scrolls: a table in Markdown.
    pub(super) scroll: String,
    /// What the benchmarks without a browser print.
    pub(super) alone: String,
}

/// The page of results. `before` is the page as it was.
pub(super) fn page(commit: &str, day: &str, measured: &Measured, before: &str) -> String {
    let Measured { runs, scroll, alone } = measured;
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
    page.push_str(&format!(
        "\n## A long page on a phone\n\n\
         A section of 300 long texts in a window of a phone's size, the processor slowed down 4 times (`scroll.mjs`).\n\n\
         {}\n",
        scroll.trim()
    ));
    page.push_str(&format!(
        "\n## The compiler and the engine alone\n\n```text\n{}\n```\n",
        alone.trim()
    ));
    if let Some(remarks) = before.find(REMARKS).and_then(|at| before.get(at..)) {
        page.push('\n');
        page.push_str(remarks);
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
        let measured = Measured {
            runs: Vec::from([run("1"), run("4")]),
            scroll: "| frames |\n".to_owned(),
            alone: "edit 2 ns\n".to_owned(),
        };
        let page = page("abc", "2026-11-22", &measured, "");
        let headings: Vec<&str> = page.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(
            headings,
            [
                "# Firsthand beside its peers",
                "## At full speed",
                "### plain",
                "## Slowed down 4 times",
                "### plain",
                "## A long page on a phone",
                "## The compiler and the engine alone"
            ]
        );
        assert!(page.contains("Commit abc, measured on 2026-11-22."));
        assert!(page.contains("\n\n| frames |\n\n"));
        assert!(page.contains("\n\n4 cores\n\n") && page.contains("| a | b |\n"));
        assert!(page.ends_with("```text\nedit 2 ns\n```\n"));
    }

    #[test]
    fn what_a_person_has_written_is_kept() {
        let remarks = "## What is missed, and what holds it\n\nNothing.\n";
        let measured = |edit: &str| Measured {
            alone: format!("edit {edit}"),
            ..Measured::default()
        };
        let before = page("abc", "2026-11-22", &measured("3 ns"), "") + "\n" + remarks;
        let after = page("def", "2026-11-23", &measured("2 ns"), &before);
        assert!(after.contains("Commit def") && !after.contains("3 ns"), "{after}");
        assert!(after.ends_with(&format!("```\n\n{remarks}")), "{after}");
    }
}
