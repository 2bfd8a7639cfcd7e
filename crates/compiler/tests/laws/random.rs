//! Random forms, of which mistakes are only to be expected where they go in circles.

/// Numbers to make a form from: whatever they are, a form comes of them.
struct Dice<'b> {
    rolls: std::slice::Iter<'b, u8>,
}

impl Dice<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        usize::from(self.rolls.next().copied().unwrap_or(0)) % sides.max(1)
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.roll(chances) == 1
    }
}

/// A form being made: first its places, then the conditions, which may name any of them.
#[derive(Default)]
struct Making {
    /// The questions, each with the repeats and per-child sections it stands in.
    questions: Vec<Vec<String>>,
    text: String,
    /// Do conditions ask for what stands later?
    forwards: bool,
    /// Where in the text a condition of which place goes.
    conditions: Vec<(usize, Vec<String>, &'static str)>,
}

impl Making {
    fn add(&mut self, text: &str) {
        self.text += text;
    }

    fn may_depend(&mut self, dice: &mut Dice<'_>, rows: &[String], key: &'static str) {
        if dice.one_in(2) {
            self.conditions.push((self.text.len(), rows.to_vec(), key));
        }
    }

    fn parts(&mut self, dice: &mut Dice<'_>, rows: &[String], depth: usize) {
        for _ in 0..=dice.roll(4) {
            let name = self.questions.len();
            match dice.roll(7) {
                0 if depth < 3 => {
                    self.add(&format!("group g{name}x{depth} \"Group\" {{\n"));
                    self.may_depend(dice, rows, "show-when");
                    self.parts(dice, rows, depth + 1);
                    self.add("}\n");
                }
                1 if depth < 3 => {
                    let own = format!("r{name}x{depth}");
                    self.add(&format!("repeat {own} \"Repeat\" {{\n"));
                    self.may_depend(dice, rows, "show-when");
                    let inner: Vec<String> = rows.iter().cloned().chain([own]).collect();
                    self.parts(dice, &inner, depth + 1);
                    self.add("}\n");
                }
                kind => self.question(dice, rows, kind),
            }
        }
    }

    fn question(&mut self, dice: &mut Dice<'_>, rows: &[String], kind: usize) {
        let name = self.questions.len();
        self.questions.push(rows.to_vec());
        match kind {
            2 => {
                self.add(&format!("computed q{name} \"Worked out\" {{\nvalue \"1\"\n"));
                // The value that stands here already gives way to one that depends on others.
                if !dice.one_in(4) {
                    let value = "value \"1\"\n".len();
                    self.text.truncate(self.text.len() - value);
                    self.conditions.push((self.text.len(), rows.to_vec(), "value"));
                }
            }
            3 => {
                self.add(&format!("choice q{name} \"Choose\" {{\noption a \"A\"\n"));
                if dice.one_in(2) {
                    self.conditions.push((self.text.len(), rows.to_vec(), "option"));
                }
                self.add("option b \"B\"\n");
            }
            _ => {
                let label = if dice.one_in(4) { "{Label}" } else { "Label" };
                self.conditions.extend(
                    label
                        .starts_with('{')
                        .then(|| (self.text.len(), rows.to_vec(), "label")),
                );
                self.add(&format!("text q{name} \"Label\" {{\n"));
                self.may_depend(dice, rows, "required-when");
                self.may_depend(dice, rows, "read-only-when");
            }
        }
        self.may_depend(dice, rows, "show-when");
        self.may_depend(dice, rows, "check");
        self.add("}\n");
    }

    /// What a condition in these rows may ask of a question, as a name sees it from there.
    fn asked(&self, dice: &mut Dice<'_>, rows: &[String], before: usize) -> String {
        // Mostly all of one side, the earlier or the later ones, so that most forms do not go in circles.
        let side = if self.forwards {
            before + 1..self.questions.len()
        } else {
            0..before
        };
        let question = match (dice.one_in(200), side.len()) {
            (true, _) => dice.roll(self.questions.len()),
            (false, 0) => return "today() > @\\\"2020-01-01\\\"".to_owned(),
            (false, _) => side.start + dice.roll(side.len()),
        };
        let its = self.questions.get(question).cloned().unwrap_or_default();
        let shared = its
            .iter()
            .zip(rows)
            .take_while(|(own, other)| own == other)
            .count();
        match its.get(shared..).unwrap_or_default() {
            [] => format!("q{question} != null"),
            [only] if dice.one_in(2) => format!("count({only}[q{question} != null]) > 0"),
            // To count rows is to know which of them are shown, whatever is in them.
            [first, ..] => format!("count({first}) > 0"),
        }
    }

    /// The whole text, with its conditions in it.
    fn finish(mut self, dice: &mut Dice<'_>) -> String {
        let conditions = std::mem::take(&mut self.conditions);
        let mut text = std::mem::take(&mut self.text);
        for (at, rows, key) in conditions.into_iter().rev() {
            let before = text
                .get(..at)
                .unwrap_or_default()
                .matches(" q")
                .count()
                .saturating_sub(1);
            let asked = self.asked(dice, &rows, before);
            let line = match key {
                "value" => format!("value \"if {asked} then 1 else 2\"\n"),
                "option" => format!("option c \"C\" when=\"{asked}\"\n"),
                "check" => {
                    format!("check \"{asked}\" \"It says {{if {asked} then 1 else 2}}\" severity=warn\n")
                }
                "label" => format!("note n{at} \"It says {{if {asked} then 1 else 2}}\"\n"),
                key => format!("{key} \"{asked}\"\n"),
            };
            text.insert_str(at, &line);
        }
        text
    }
}

/// A form of which mistakes are only to be expected where it goes in circles.
pub(crate) fn random_form(bytes: &[u8]) -> String {
    let mut dice = Dice { rolls: bytes.iter() };
    let mut making = Making {
        forwards: dice.one_in(2),
        ..Making::default()
    };
    making.add("form random version=1 {\ntitle \"Random\"\n");
    for section in 0..=dice.roll(4) {
        let (each, rows) = match dice.one_in(3) {
            true => (" for-each=child", vec![format!("s{section}")]),
            false => ("", Vec::new()),
        };
        making.add(&format!("section s{section} \"Section\"{each} {{\n"));
        making.may_depend(&mut dice, &rows, "show-when");
        making.parts(&mut dice, &rows, 0);
        making.add("}\n");
    }
    making.add("}\n");
    making.finish(&mut dice)
}
