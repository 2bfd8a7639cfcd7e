//! Which files may be attached to a record, and how their bytes are known.
//!
//! What a browser would run, such as a page or an SVG, is none of them. A type is taken only with bytes that begin as
//! its format does, so that what is called a picture is one; of formats that are text, only that it is text is known.

/// A media type (RFC 6838) that may be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// As it is written.
    pub name: &'static str,
    /// What the names of such files end in, the usual one first.
    pub endings: &'static [&'static str],
    begins: Begins,
}

/// What the bytes of a format begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    /// One of these, at the very start.
    With(&'static [&'static [u8]]),
    /// This container (a RIFF file, by its four-letter kind).
    Riff(&'static [u8; 4]),
    /// An ISO base media file (ISO/IEC 14496-12) of one of these brands.
    Brand(&'static [&'static [u8; 4]]),
    /// Any text in UTF-8 without control characters but those that lay text out.
    Text,
}

/// A ZIP file, which the formats of office programs are.
const ZIP: Begins = Begins::With(&[b"PK\x03\x04"]);
/// A compound file, which the older formats of office programs and saved e-mails are.
const COMPOUND_FILE: Begins = Begins::With(&[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]);

macro_rules! types {
    ($($name:literal $endings:tt $begins:expr;)*) => {
        &[$(MediaType { name: $name, endings: &$endings, begins: $begins },)*]
    };
}

impl MediaType {
    /// Every type that may be attached.
    pub const ALL: &[Self] = types! {
        "image/jpeg" ["jpg", "jpeg"] Begins::With(&[b"\xff\xd8\xff"]);
        "image/png" ["png"] Begins::With(&[b"\x89PNG\r\n\x1a\n"]);
        "image/gif" ["gif"] Begins::With(&[b"GIF87a", b"GIF89a"]);
        "image/webp" ["webp"] Begins::Riff(b"WEBP");
        "image/heic" ["heic", "heif"] Begins::Brand(&[b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"]);
        "application/pdf" ["pdf"] Begins::With(&[b"%PDF-"]);
        "audio/mpeg" ["mp3"] Begins::With(&[b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"]);
        "audio/wav" ["wav"] Begins::Riff(b"WAVE");
        "audio/mp4" ["m4a"] Begins::Brand(&[b"M4A "]);
        "video/mp4" ["mp4", "m4v"] Begins::Brand(&[b"isom", b"iso2", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "]);
        "video/quicktime" ["mov"] Begins::Brand(&[b"qt  "]);
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ["docx"] ZIP;
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" ["xlsx"] ZIP;
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" ["pptx"] ZIP;
        "application/vnd.oasis.opendocument.text" ["odt"] ZIP;
        "application/vnd.oasis.opendocument.spreadsheet" ["ods"] ZIP;
        "application/msword" ["doc"] COMPOUND_FILE;
        "application/vnd.ms-excel" ["xls"] COMPOUND_FILE;
        "application/vnd.ms-outlook" ["msg"] COMPOUND_FILE;
        "message/rfc822" ["eml"] Begins::Text;
        "text/csv" ["csv"] Begins::Text;
        "text/plain" ["txt"] Begins::Text;
    };

    /// What may be chosen, as people say it.
    pub const IN_WORDS: &str = "pictures, PDFs, documents, spreadsheets, e-mails, sound and video";

    /// The type of this name, in whatever case and with whatever parameters it is written.
    pub fn named(name: &str) -> Option<Self> {
        let essence = name.split(';').next().unwrap_or_default().trim();
        let mut all = Self::ALL.iter().copied();
        all.find(|media| media.name.eq_ignore_ascii_case(essence))
    }

    /// The type of a file with this name and these bytes: the one that its name ends as, if the bytes are such; or else
    /// one that the bytes alone tell.
    pub fn of(file_name: &str, bytes: &[u8]) -> Option<Self> {
        let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let ends_so = |media: &Self| {
            media
                .endings
                .iter()
                .any(|known| known.eq_ignore_ascii_case(ending))
        };
        let fitting = || Self::ALL.iter().copied().filter(|media| media.fits(bytes));
        let mut by_name = fitting().filter(ends_so);
        by_name
            .next()
            .or_else(|| fitting().find(|media| media.is_told_by_bytes()))
    }

    /// Do these bytes begin as those of this type do?
    pub fn fits(self, bytes: &[u8]) -> bool {
        let at = |from: usize, four: &[u8; 4]| bytes.get(from..from + 4) == Some(four);
        match self.begins {
            Begins::With(starts) => starts.iter().any(|start| bytes.starts_with(start)),
            Begins::Riff(kind) => at(0, b"RIFF") && at(8, kind),
            Begins::Brand(brands) => at(4, b"ftyp") && brands.iter().any(|brand| at(8, brand)),
            Begins::Text => is_text(bytes),
        }
    }

    /// Can a page show it as a picture?
    pub fn is_picture(self) -> bool {
        // No browser but one shows what a telephone's camera makes of its own accord.
        self.name.starts_with("image/") && self.name != "image/heic"
    }

    fn is_told_by_bytes(self) -> bool {
        !matches!(self.begins, Begins::Text) && self.begins != ZIP && self.begins != COMPOUND_FILE
    }
}

fn is_text(bytes: &[u8]) -> bool {
    let lays_out = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    let is_text = |text: &str| text.chars().all(|c| !c.is_control() || lays_out(c));
    !bytes.is_empty() && std::str::from_utf8(bytes).is_ok_and(is_text)
}
