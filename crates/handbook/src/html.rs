//! The frame around a page, and texts that are safe in it.

/// How pages look, on a screen and in print.
pub const STYLE: &str = "\
body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1d2b2a }
h1, h2, h3 { line-height: 1.2 } h2 { margin-top: 2.5rem; border-bottom: 2px solid #2f6f62 }
section section { border-left: 4px solid #cfdeda; padding-left: 1rem; margin: 1.5rem 0 }
dt { font-weight: 600; margin-top: 1rem } dd { margin-left: 0 } ul { padding-left: 1.25rem }
.kind, .name { color: #52635f; font-size: .9rem } .when { color: #1b5145 } .check { color: #8a2f1d }
code, pre { font: .9rem/1.4 ui-monospace, monospace; background: #f1f5f4; border-radius: 3px }
pre { padding: .75rem; overflow-x: auto } table { border-collapse: collapse } td, th { padding: .25rem .75rem .25rem 0;
text-align: left; vertical-align: top } @media print { body { margin: 0; max-width: none } dt { break-after: avoid } }
";

/// A text as HTML has it.
pub(crate) fn text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
    html
}

/// A text in which what stands in backticks is code.
pub(crate) fn with_code(words: &str) -> String {
    let parts = words.split('`').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        0 => text(part),
        _ => format!("<code>{}</code>", text(part)),
    });
    parts.collect()
}

/// A whole page.
pub(crate) fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        text(title)
    )
}
