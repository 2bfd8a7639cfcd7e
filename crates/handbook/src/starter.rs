//! A form to begin with: short, whole, and with comments that say what to do next.

use form::Name;

/// The text of a new form of this name, and that of its cases.
pub fn starter(name: &Name) -> (String, String) {
    let title = title(name);
    let form = format!(
        r#"// {title}: say here what the form is for, and who fills it in.
//
// `firsthand check` tells what is wrong with it, `firsthand test` runs the cases beside it, and `firsthand docs` writes
// a page of it for people to read. The manual is in tests/lang/.

form {name} version=1 {{
  title "{title}"
  summary "Say in a line when to use this form"

  // A record is about one child or several: `children`, or `child` for exactly one.
  about children

  // Who looks at the record before it is done, and how soon.
  sign-off {{
    stage team_manager within="2 working days"
  }}

  section meeting "The meeting" {{
    // Each question has a name, which never changes, and a label, which can be reworded at any time.
    date meeting_date "When did you meet?" {{
      required
      check "meeting_date <= today()" "The meeting cannot be in the future"
    }}
    choice outcome "What came of it?" {{
      option agreed "We agreed on what happens next"
      option not_agreed "We did not agree"
      required
    }}
    // This is only asked if the condition holds. An option's code stands for it.
    long_text disagreement "What did you not agree on?" {{
      hint "Say what each of you thinks, in their own words"
      show-when "outcome = not_agreed"
      required
    }}
  }}

  // A page for each child that the record is about.
  section children "{{child.first_name}}" for-each=child {{
    yes_no seen "Did you see {{child.first_name}}?" {{
      required
    }}
    quote words "{{child.first_name}}'s own words" {{
      concept "voice.words"
      show-when "seen = yes"
    }}
  }}
}}
"#
    );
    let cases = format!(
        r#"// How the form behaves. Each case gives some answers, and says what must follow.

cases {name} {{
  today "2026-11-19"
  child ada "Ada" born="2017-05-02"

  case "They agree" {{
    given {{
      meeting_date "2026-11-18"
      outcome agreed
      child ada {{ seen yes; }}
    }}
    then {{
      complete
      accepted meeting_date
      hidden disagreement
      child ada {{ shown words; }}
    }}
  }}

  case "They do not agree" from="They agree" {{
    given {{
      outcome not_agreed
      child ada {{ seen no; }}
    }}
    then {{
      incomplete
      required disagreement
      child ada {{ hidden words; }}
    }}
  }}

  case "The date is in the future" from="They agree" {{
    given {{ meeting_date "2026-11-20"; }}
    then {{ refused meeting_date "The meeting cannot be in the future"; }}
  }}
}}
"#
    );
    (form, cases)
}

/// The name as the words that it is made of.
fn title(name: &Name) -> String {
    let words = name.as_str().replace('_', " ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => words,
    }
}
