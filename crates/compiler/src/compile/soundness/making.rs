//! Makes small forms of numbers, with conditions of every sort in them.

use feel::Date;
use form::{Answer, DateParts};

/// Numbers to make a form from.
struct Dice<'b>(std::slice::Iter<'b, u8>);

impl Dice<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % sides
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.roll(from.len())]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Choice,
    YesNo,
    Number,
    Date,
    Text,
    Choices,
}

impl Asked {
    const ALL: [Self; 6] = [
        Self::Choice,
        Self::YesNo,
        Self::Number,
        Self::Date,
        Self::Text,
        Self::Choices,
    ];

    fn kind(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::YesNo => "yes_no",
            Self::Number => "number",
            Self::Date => "date",
            Self::Text => "text",
            Self::Choices => "choices",
        }
    }

    /// Every answer that makes a difference, none among them.
    pub(super) fn answers(self) -> Vec<Option<Answer>> {
        let text = |text: &str| Some(Answer::Text(text.to_owned()));
        let code = |code: &str| Some(Answer::Code(code.to_owned()));
        let codes = |codes: &[&str]| Some(Answer::Codes(codes.iter().map(|&code| code.to_owned()).collect()));
        let day = |day: u8| Some(Answer::Date(DateParts::of(Date::new(2026, 3, day).unwrap())));
        match self {
            Self::Choice => vec![None, code("a"), code("b"), code("c")],
            Self::YesNo => vec![None, code("yes"), code("no")],
            Self::Number => vec![None, text("0"), text("1"), text("2"), text("3")],
            Self::Date => vec![None, day(1), day(2), day(3), day(4), day(5)],
            Self::Text => vec![None, text("x"), text("y"), text("other")],
            Self::Choices => vec![
                None,
                codes(&["a"]),
                codes(&["b"]),
                codes(&["a", "b"]),
                codes(&["c"]),
            ],
        }
    }

    /// A comparison of an answer with constants.
    fn comparison(self, name: &str, dice: &mut Dice<'_>) -> String {
        if dice.roll(6) == 0 {
            return format!("{name} {} null", dice.pick(&["=", "!="]));
        }
        let order = ["=", "!=", "<", "<=", ">", ">="];
        match self {
            Self::Choice => match dice.roll(3) {
                0 => format!(
                    "{name} in ({}, {})",
                    dice.pick(&["a", "b"]),
                    dice.pick(&["b", "c"])
                ),
                _ => format!(
                    "{name} {} {}",
                    dice.pick(&["=", "!="]),
                    dice.pick(&["a", "b", "c"])
                ),
            },
            Self::YesNo => format!("{name} = {}", dice.pick(&["yes", "no"])),
            Self::Number => match dice.roll(4) {
                0 => format!("{name} between {} and {}", dice.roll(3), dice.roll(5)),
                1 => format!(
                    "{name} in ({}, [{}..{}))",
                    dice.roll(3),
                    dice.roll(2),
                    dice.roll(5)
                ),
                2 => format!("{}.5 {} {name}", dice.roll(4), dice.pick(&order)),
                _ => format!("{name} {} {}", dice.pick(&order), dice.roll(5)),
            },
            Self::Date => format!("{name} {} date(2026, 3, {})", dice.pick(&order), dice.roll(3) + 2),
            Self::Text => format!(
                "{name} {} \\\"{}\\\"",
                dice.pick(&["=", "!="]),
                dice.pick(&["x", "y"])
            ),
            Self::Choices => format!(
                "{} in {name}",
                dice.pick(&["\\\"a\\\"", "\\\"b\\\"", "\\\"c\\\""])
            ),
        }
    }
}

/// A form being made.
pub(super) struct Making<'b> {
    dice: Dice<'b>,
    /// Only comparisons with constants?
    is_plain: bool,
    asked: Vec<Asked>,
    text: String,
}

const MOST_QUESTIONS: usize = 4;

impl<'b> Making<'b> {
    pub(super) fn new(rolls: &'b [u8], is_plain: bool) -> Self {
        Self {
            dice: Dice(rolls.iter()),
            is_plain,
            asked: Vec::new(),
            text: String::new(),
        }
    }

    fn atom(&mut self) -> String {
        let index = self.dice.roll(self.asked.len());
        let (name, asked) = (format!("q{index}"), self.asked[index]);
        if !self.is_plain && self.dice.roll(3) == 0 {
            let other = self.dice.roll(self.asked.len());
            let is_like = self.asked[other] == asked;
            let order = self.dice.pick(&["=", "<", ">="]);
            return match (asked, self.dice.roll(5)) {
                (Asked::Number, 3) => format!("{name} {order} rules.wait"),
                (Asked::Date, 3) => format!("{name} {order} date(2026, 3, 1) + rules.later"),
                (Asked::Date, 4) => format!("working days({name}, date(2026, 3, 4)) {order} rules.wait"),
                (Asked::Number | Asked::Date, 0) if is_like => format!("{name} {order} q{other}"),
                (Asked::Number, 1) => format!("{name} + 1 > 2"),
                (Asked::Number, _) => format!("{name} > rules.most"),
                (Asked::Date, _) => format!("{name} {order} today()"),
                (Asked::Choices, 0) => format!("count({name}) > 1"),
                (Asked::Choices, _) => format!("some x in {name} satisfies x = \\\"a\\\""),
                (Asked::Choice, _) => format!("some x in [\\\"a\\\", \\\"b\\\"] satisfies {name} = x"),
                _ => "rules.strict".to_owned(),
            };
        }
        match self.dice.roll(12) {
            0 => "rules.strict".to_owned(),
            1 => "rules.most > 1".to_owned(),
            _ => asked.comparison(&name, &mut self.dice),
        }
    }

    fn condition(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.atom();
        }
        match self.dice.roll(6) {
            0 => format!("not({})", self.condition(depth - 1)),
            1 | 2 => format!(
                "({} and {})",
                self.condition(depth - 1),
                self.condition(depth - 1)
            ),
            3 => format!("({} or {})", self.condition(depth - 1), self.condition(depth - 1)),
            4 => format!(
                "(if {} then {} else {})",
                self.condition(depth - 1),
                self.condition(depth - 1),
                self.condition(depth - 1)
            ),
            _ => self.atom(),
        }
    }

    fn line(&mut self, key: &str, chance: usize) {
        if !self.asked.is_empty() && self.dice.roll(chance) == 0 {
            let condition = self.condition(2);
            self.text += &format!("{key} \"{condition}\"\n");
        }
    }

    fn question(&mut self) {
        let (name, asked) = (self.asked.len(), Asked::ALL[self.dice.roll(6)]);
        self.text += &format!("{} q{name} \"Question {name}\" {{\n", asked.kind());
        if asked == Asked::Number {
            self.text += "min 0\nmax 3\n";
        }
        if matches!(asked, Asked::Choice | Asked::Choices) {
            for code in ["a", "b", "c"] {
                let is_dependent = !self.asked.is_empty() && self.dice.roll(5) == 0;
                let when = is_dependent.then(|| format!(" when=\"{}\"", self.condition(1)));
                let alone = if asked == Asked::Choices && code == "c" {
                    " alone=#true"
                } else {
                    ""
                };
                self.text += &format!("option {code} \"{code}\"{}{alone}\n", when.unwrap_or_default());
            }
        }
        self.line("show-when", 2);
        self.line("required-when", 3);
        self.line("read-only-when", 6);
        self.text += "}\n";
        self.asked.push(asked);
    }

    pub(super) fn form(mut self) -> (String, Vec<Asked>) {
        self.text += "form f version=1 {\ntitle \"F\"\nsection s \"S\" {\n";
        let mut open = 0;
        while self.asked.len() < MOST_QUESTIONS {
            match self.dice.roll(5) {
                0 if open < 2 && !self.asked.is_empty() => {
                    self.text += &format!("group g{} \"G\" {{\n", self.asked.len() * 10 + open);
                    self.line("show-when", 1);
                    open += 1;
                }
                _ => {}
            }
            self.question();
        }
        self.text += &"}\n".repeat(open);
        let check = self.condition(2);
        self.text += &format!("check \"{check}\" \"Wrong\"\n");
        let shown = self.condition(1);
        self.text += &format!("use inner show-when=\"{shown}\"\n}}\n");
        let dates = self
            .asked
            .iter()
            .enumerate()
            .filter(|(_, asked)| **asked == Asked::Date);
        let starts: Vec<usize> = dates.map(|(index, _)| index).collect();
        for index in starts {
            let when = self.condition(2);
            self.text += &format!("clock c{index} {{\nstarts q{index}\nwhen \"{when}\"\ndue \"1 day\"\n}}\n");
        }
        self.text += "}\n";
        (self.text, self.asked)
    }
}
