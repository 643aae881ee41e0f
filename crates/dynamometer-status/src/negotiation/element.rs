//! The elements of a header such as `Accept`: names with parameters and weights.

/// How much something is wanted, in thousandths; 0 is not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quality(u16);

impl Quality {
    pub(crate) const NONE: Self = Self(0);
    const FULL: Self = Self(1000);

    /// Reads a weight: 0 or 1, with up to three decimals.
    fn read(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let is_number = decimals.len() <= 3 && decimals.bytes().all(|byte| byte.is_ascii_digit());
        match whole {
            "0" if is_number => Some(Self(format!("{decimals:0<3}").parse().ok()?)),
            "1" if is_number && decimals.bytes().all(|byte| byte == b'0') => Some(Self::FULL),
            _ => None,
        }
    }
}

/// One element: `name; parameter=value; q=weight`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'a> {
    pub(crate) name: &'a str,
    pub(crate) quality: Quality,
    parameters: &'a str,
}

impl<'a> Element<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
        let weight = pairs(parameters).find(|(key, _)| key.eq_ignore_ascii_case("q"));
        let quality = weight.map_or(Some(Quality::FULL), |(_, text)| Quality::read(text))?;
        let name = name.trim_matches([' ', '\t']);
        (!name.is_empty()).then_some(Self {
            name,
            quality,
            parameters,
        })
    }

    /// The value of a parameter, without the quotes around it.
    pub(crate) fn parameter(&self, name: &str) -> Option<&'a str> {
        let mut pairs = pairs(self.parameters);
        let (_, value) = pairs.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(value)
    }
}

/// The elements of a header's value, without those that can not be read.
pub(crate) fn elements(value: &str) -> impl Iterator<Item = Element<'_>> {
    split(value, ',').filter_map(Element::read)
}

fn pairs(parameters: &str) -> impl Iterator<Item = (&str, &str)> {
    split(parameters, ';').filter_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        let value = value.trim_matches([' ', '\t']);
        let quoted = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'));
        Some((key.trim_matches([' ', '\t']), quoted.unwrap_or(value)))
    })
}

/// The parts of `text` between separators that are not inside quotes.
fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    text.split(move |character| {
        let is_plain = !std::mem::take(&mut is_escaped);
        match character {
            '\\' if is_quoted && is_plain => is_escaped = true,
            '"' if is_plain => is_quoted = !is_quoted,
            _ => {}
        }
        character == separator && !is_quoted
    })
}
