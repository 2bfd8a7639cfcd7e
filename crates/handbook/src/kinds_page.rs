//! The reference of the kinds of question, as the kinds describe themselves.

use std::fmt::Write as _;

use form::{SettingKind, kinds};

use crate::Page;
use crate::html::{self, text, with_code};

/// The page of all kinds.
pub(crate) fn page() -> Page {
    let title = "Kinds of question";
    let mut body = format!("<h1>{title}</h1>\n");
    for info in kinds::ALL {
        let _ = writeln!(
            body,
            "<h2 id=\"{0}\"><code>{0}</code></h2>\n<p>{1}</p>",
            info.name,
            with_code(info.doc)
        );
        if !info.settings.is_empty() {
            body.push_str("<table>\n<tr><th>Setting</th><th>Takes</th><th>What it does</th></tr>\n");
            for setting in info.settings {
                let must = if setting.required { ", must be there" } else { "" };
                let _ = writeln!(
                    body,
                    "<tr><td><code>{}</code></td><td>{}{must}</td><td>{}</td></tr>",
                    setting.name,
                    takes(setting.kind),
                    with_code(setting.doc)
                );
            }
            body.push_str("</table>\n");
        }
        if let Some((_, _, told)) = (info.samples)().first() {
            let _ = writeln!(
                body,
                "<p>An answer reads, for example: “{}”.</p>",
                text(told.trim_matches(['“', '”']))
            );
        }
        if !info.answered {
            body.push_str("<p>Nobody answers it: it is only shown.</p>\n");
        }
    }
    Page {
        file: "kinds.html".to_owned(),
        title: title.to_owned(),
        html: html::page(title, &body),
    }
}

fn takes(kind: SettingKind) -> &'static str {
    match kind {
        SettingKind::Flag => "nothing",
        SettingKind::Whole => "a whole number",
        SettingKind::Number => "a number",
        SettingKind::Text => "a text",
        SettingKind::Lines => "lines of a name and a label",
        SettingKind::Options => "options",
        SettingKind::Formula => "an expression",
    }
}
