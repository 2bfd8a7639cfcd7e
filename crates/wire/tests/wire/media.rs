//! Which files may be attached, by what they are called and what is in them.

use proptest::prelude::*;
use wire::MediaType;

/// The start of a file of each format that tells itself.
const STARTS: [(&str, &[u8]); 11] = [
    ("image/jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    ("image/png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    ("image/gif", b"GIF89a\x01\x00"),
    ("image/webp", b"RIFF\x24\x00\x00\x00WEBPVP8 "),
    ("image/heic", b"\x00\x00\x00\x18ftypheic"),
    ("application/pdf", b"%PDF-1.7\n"),
    ("audio/mpeg", b"ID3\x04\x00"),
    ("audio/wav", b"RIFF\x24\x00\x00\x00WAVEfmt "),
    ("audio/mp4", b"\x00\x00\x00\x18ftypM4A "),
    ("video/mp4", b"\x00\x00\x00\x18ftypisom"),
    ("video/quicktime", b"\x00\x00\x00\x14ftypqt  "),
];

fn told(name: &str, bytes: &[u8]) -> Option<&'static str> {
    MediaType::of(name, bytes).map(|media| media.name)
}

#[test]
fn a_format_that_tells_itself_is_known_whatever_the_file_is_called() {
    for (name, start) in STARTS {
        for called in ["photo", "photo.exe", "photo.html", ""] {
            assert_eq!(told(called, start), Some(name), "{called}");
        }
        // It is one format and no other.
        let fitting = MediaType::ALL.iter().filter(|media| media.fits(start));
        let binary: Vec<_> = fitting
            .map(|media| media.name)
            .filter(|name| !name.starts_with("text/"))
            .collect();
        assert!(
            binary.contains(&name)
                && binary
                    .iter()
                    .all(|other| *other == name || *other == "message/rfc822")
        );
    }
}

#[test]
fn other_formats_need_both_their_name_and_bytes_that_could_be_such() {
    let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    assert_eq!(told("Letter.DOCX", b"PK\x03\x04..."), Some(docx));
    assert_eq!(told("all.zip", b"PK\x03\x04..."), None);
    assert_eq!(told("note.txt", "Grüße\r\n".as_bytes()), Some("text/plain"));
    assert_eq!(told("note.txt", b"MZ\x90\x00"), None);
    assert_eq!(told("note.txt", b""), None);
    assert_eq!(told("letter.docx", b"MZ\x90\x00"), None);
}

#[test]
fn what_a_browser_would_run_is_no_type_of_ours() {
    for name in [
        "text/html",
        "image/svg+xml",
        "application/xhtml+xml",
        "text/xml",
        "text/javascript",
    ] {
        assert_eq!(MediaType::named(name), None, "{name}");
    }
    for name in ["page.html", "drawing.svg", "app.js", "page.xhtml"] {
        assert_eq!(told(name, b"<svg onload='alert(1)'/>"), None, "{name}");
    }
    let text = MediaType::named("Text/Plain; charset=utf-8").unwrap();
    assert_eq!((text.name, text.is_picture()), ("text/plain", false));
}

#[test]
fn every_type_is_named_once_and_has_endings_of_its_own() {
    for (at, media) in MediaType::ALL.iter().enumerate() {
        for other in &MediaType::ALL[at + 1..] {
            assert_ne!(media.name, other.name);
            assert!(media.endings.iter().all(|ending| !other.endings.contains(ending)));
        }
        assert_eq!(MediaType::named(media.name), Some(*media));
        assert!(!media.endings.is_empty());
    }
}

proptest! {
    /// Whatever a device says a file is, the server says the same of what it then gets.
    #[test]
    fn what_a_file_is_told_to_be_fits_it(name in "[a-z]{0,4}(\\.(jpg|docx|txt|pdf|html|eml))?", mut bytes: Vec<u8>, start in prop::sample::select(STARTS.to_vec()), put: bool) {
        if put {
            bytes.splice(0..0, start.1.iter().copied());
        }
        if let Some(media) = MediaType::of(&name, &bytes) {
            prop_assert!(media.fits(&bytes));
            prop_assert_eq!(MediaType::named(media.name), Some(media));
        }
    }
}
