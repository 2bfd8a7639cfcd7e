//! Sets of characters.

/// A set of characters.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Class {
    /// All characters from one to another.
    Range(char, char),
    /// Those with a property.
    Property(Property),
    /// Those in any of the sets.
    Union(Vec<Class>),
    /// Those that are not in the set.
    Not(Box<Class>),
    /// Those that are in the first set and not in the second.
    Without(Box<[Class; 2]>),
}

impl Class {
    pub(super) fn contains(&self, character: char, ignore_case: bool) -> bool {
        match self {
            Self::Range(first, last) if ignore_case => variants(character)
                .into_iter()
                .flatten()
                .any(|variant| (*first..=*last).contains(&variant)),
            Self::Range(first, last) => (*first..=*last).contains(&character),
            Self::Property(property) => property.has(character),
            Self::Union(classes) => classes.iter().any(|class| class.contains(character, ignore_case)),
            Self::Not(class) => !class.contains(character, ignore_case),
            Self::Without(classes) => {
                let [class, without] = &**classes;
                class.contains(character, ignore_case) && !without.contains(character, ignore_case)
            }
        }
    }
}

/// Are they the same but for being capital or small?
pub(super) fn same_but_for_case(one: char, other: char) -> bool {
    one == other
        || variants(one)
            .into_iter()
            .flatten()
            .any(|variant| variant == other)
}

/// The character and what it is as a capital and as a small letter.
fn variants(character: char) -> [Option<char>; 6] {
    let upper = |character: char| only(character.to_uppercase());
    let lower = |character: char| only(character.to_lowercase());
    let (capital, small) = (upper(character), lower(character));
    // Signs of units, and the long s, whose capital or small letters belong to others.
    let sign = match small.unwrap_or(character) {
        'k' => Some('\u{212A}'),
        'å' => Some('\u{212B}'),
        'ω' => Some('\u{2126}'),
        's' => Some('ſ'),
        _ => None,
    };
    [
        Some(character),
        capital,
        small,
        capital.and_then(lower),
        small.and_then(upper),
        sign,
    ]
}

/// The character, if it is the only one.
fn only(mut characters: impl Iterator<Item = char>) -> Option<char> {
    characters.next().filter(|_| characters.next().is_none())
}

macro_rules! properties {
    ($($variant:ident $(| $name:literal)+ => $has:expr;)*) => {
        /// A property of characters, as far as the standard library knows them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Property {
            $($variant),*
        }

        impl Property {
            /// The property that is called so in `\p{…}`.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name {
                    $($($name)|+ => Some(Self::$variant),)*
                    _ => None,
                }
            }

            fn has(self, character: char) -> bool {
                match self {
                    $(Self::$variant => $has(character)),*
                }
            }
        }
    };
}

// Categories are as near as the standard library comes to them without tables of their own: marks and
// symbols beyond the blocks that are named here count as neither.
properties! {
    Letter | "L" => |character: char| character.is_alphabetic() && !is_letter_number(character);
    Uppercase | "Lu" => |character: char| character.is_uppercase() && !is_letter_number(character);
    Lowercase | "Ll" => |character: char| character.is_lowercase() && !is_letter_number(character);
    OtherLetter | "Lo" => |character: char| {
        character.is_alphabetic() && !character.is_uppercase() && !character.is_lowercase()
    };
    Mark | "M" | "Mn" => |character: char| {
        matches!(character, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
    };
    Number | "N" => char::is_numeric;
    Digit | "Nd" => is_decimal_digit;
    LetterNumber | "Nl" => is_letter_number;
    Punctuation | "P" | "Po" => is_punctuation;
    Symbol | "S" => is_symbol;
    CurrencySymbol | "Sc" => |character: char| matches!(character, '$' | '¢'..='¥' | '\u{20A0}'..='\u{20CF}');
    Separator | "Z" => |character: char| character.is_whitespace() && !character.is_control();
    SpaceSeparator | "Zs" => |character: char| {
        character.is_whitespace() && !character.is_control() && !matches!(character, '\u{2028}' | '\u{2029}')
    };
    Control | "C" | "Cc" => char::is_control;
    BasicLatin | "IsBasicLatin" => |character: char| character.is_ascii();
    Latin1 | "IsLatin-1Supplement" => |character: char| matches!(character, '\u{80}'..='\u{FF}');
    LatinA | "IsLatinExtended-A" => |character: char| matches!(character, '\u{100}'..='\u{17F}');
    LatinB | "IsLatinExtended-B" => |character: char| matches!(character, '\u{180}'..='\u{24F}');
    Greek | "IsGreek" | "IsGreekandCoptic" => |character: char| matches!(character, '\u{370}'..='\u{3FF}');
    Cyrillic | "IsCyrillic" => |character: char| matches!(character, '\u{400}'..='\u{4FF}');
    Armenian | "IsArmenian" => |character: char| matches!(character, '\u{530}'..='\u{58F}');
    Hebrew | "IsHebrew" => |character: char| matches!(character, '\u{590}'..='\u{5FF}');
    Arabic | "IsArabic" => |character: char| matches!(character, '\u{600}'..='\u{6FF}');
    Devanagari | "IsDevanagari" => |character: char| matches!(character, '\u{900}'..='\u{97F}');
    Bengali | "IsBengali" => |character: char| matches!(character, '\u{980}'..='\u{9FF}');
    Thai | "IsThai" => |character: char| matches!(character, '\u{E00}'..='\u{E7F}');
    GeneralPunctuation | "IsGeneralPunctuation" => |character: char| matches!(character, '\u{2000}'..='\u{206F}');
    Currency | "IsCurrencySymbols" => |character: char| matches!(character, '\u{20A0}'..='\u{20CF}');
    Hiragana | "IsHiragana" => |character: char| matches!(character, '\u{3040}'..='\u{309F}');
    Katakana | "IsKatakana" => |character: char| matches!(character, '\u{30A0}'..='\u{30FF}');
    Han | "IsCJKUnifiedIdeographs" => |character: char| matches!(character, '\u{4E00}'..='\u{9FFF}');
}

impl Class {
    /// The class that a letter stands for after a backslash.
    pub(super) fn escaped(letter: char) -> Option<Self> {
        let class = match letter.to_ascii_lowercase() {
            's' => Self::Union(
                [' ', '\t', '\n', '\r']
                    .map(|space| Self::Range(space, space))
                    .into(),
            ),
            'd' => Self::Property(Property::Digit),
            // Everything but punctuation, separators and others: XML Schema part 2, appendix F.
            'w' => Self::Not(Box::new(Self::Union(vec![
                Self::Property(Property::Punctuation),
                Self::Property(Property::Separator),
                Self::Property(Property::Control),
            ]))),
            'i' => initial_name_characters(),
            'c' => Self::Union(vec![
                initial_name_characters(),
                Self::Range('0', '9'),
                Self::Range('-', '.'),
                Self::Range('\u{B7}', '\u{B7}'),
                Self::Range('\u{300}', '\u{36F}'),
                Self::Range('\u{203F}', '\u{2040}'),
            ]),
            _ => return None,
        };
        Some(if letter.is_ascii_uppercase() {
            Self::Not(Box::new(class))
        } else {
            class
        })
    }
}

/// What an XML name can begin with: XML 1.0, fifth edition, production 4.
fn initial_name_characters() -> Class {
    let ranges = [
        (':', ':'),
        ('_', '_'),
        ('A', 'Z'),
        ('a', 'z'),
        ('\u{C0}', '\u{D6}'),
        ('\u{D8}', '\u{F6}'),
        ('\u{F8}', '\u{2FF}'),
        ('\u{370}', '\u{37D}'),
        ('\u{37F}', '\u{1FFF}'),
        ('\u{200C}', '\u{200D}'),
        ('\u{2070}', '\u{218F}'),
        ('\u{2C00}', '\u{2FEF}'),
        ('\u{3001}', '\u{D7FF}'),
        ('\u{F900}', '\u{FDCF}'),
        ('\u{FDF0}', '\u{FFFD}'),
        ('\u{10000}', '\u{EFFFF}'),
    ];
    Class::Union(ranges.map(|(first, last)| Class::Range(first, last)).into())
}

fn is_decimal_digit(character: char) -> bool {
    character.is_ascii_digit()
        || character.is_numeric()
            && matches!(character,
                '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' | '\u{966}'..='\u{96F}' | '\u{9E6}'..='\u{9EF}'
                | '\u{E50}'..='\u{E59}' | '\u{FF10}'..='\u{FF19}')
}

fn is_letter_number(character: char) -> bool {
    matches!(character, '\u{2160}'..='\u{2188}' | '\u{3007}' | '\u{3021}'..='\u{3029}')
}

fn is_punctuation(character: char) -> bool {
    matches!(character,
        '!'..='#' | '%'..='*' | ','..='/' | ':' | ';' | '?' | '@' | '['..=']' | '_' | '{' | '}'
        | '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205E}'
        | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
}

fn is_symbol(character: char) -> bool {
    matches!(character,
        '$' | '+' | '<'..='>' | '^' | '`' | '|' | '~' | '¢'..='¦' | '¨' | '©' | '¬' | '®'..='±' | '´' | '¸' | '×' | '÷'
        | '\u{20A0}'..='\u{20CF}' | '\u{2100}'..='\u{214F}' | '\u{2190}'..='\u{23FF}' | '\u{2500}'..='\u{27BF}'
        | '\u{1F300}'..='\u{1FAFF}')
        && !character.is_alphabetic()
}
