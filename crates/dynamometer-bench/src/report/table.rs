//! The report for people.

use comfy_table::presets::{ASCII_BORDERS_ONLY_CONDENSED, UTF8_BORDERS_ONLY};
use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table};

use super::row::Row;
use crate::harness::Role;

/// Whom the table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// A terminal: lines, colours, signs.
    Terminal,
    /// A pipe or a file: plain ASCII.
    Plain,
}

impl Look {
    fn at_most(self) -> &'static str {
        match self {
            Self::Terminal => "≤",
            Self::Plain => "<=",
        }
    }

    fn dash(self) -> &'static str {
        match self {
            Self::Terminal => "–",
            Self::Plain => "-",
        }
    }
}

/// Returns the table of the rows, without a newline at its end.
pub(crate) fn render(rows: &[Row], look: Look) -> String {
    let mut table = Table::new();
    table.load_style(match look {
        Look::Terminal => UTF8_BORDERS_ONLY,
        Look::Plain => ASCII_BORDERS_ONLY_CONDENSED,
    });
    // Lines are never wrapped: a script that greps needs them whole, and a
    // terminal that is too narrow wraps by itself.
    table.set_content_arrangement(ContentArrangement::Disabled);
    match look {
        Look::Terminal => table.enforce_styling(),
        Look::Plain => table.force_no_tty(),
    };
    let range = format!("min{}max", look.dash());
    let titles = [
        "case", "thr", "library", "median", &range, "net", "ratio", "goal",
    ];
    table.set_header(titles.map(|title| Cell::new(title).add_attribute(Attribute::Bold)));
    let mut previous = None;
    for row in rows {
        let group = (row.kind, row.threads);
        table.add_row(cells(row, previous == Some(group), look));
        previous = Some(group);
    }
    for index in [1, 3, 4, 5, 6] {
        if let Some(column) = table.column_mut(index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}

fn cells(row: &Row, same_group: bool, look: Look) -> Vec<Cell> {
    let shade = |text: String| {
        let cell = Cell::new(text);
        match row.role {
            Role::Ours | Role::Another => cell.add_attribute(Attribute::Bold),
            Role::Peer => cell,
            Role::Floor | Role::Generator => cell.add_attribute(Attribute::Dim),
        }
    };
    // A plain table repeats the case in every line, so that each can be read alone.
    let kind = if same_group && look == Look::Terminal {
        ""
    } else {
        row.kind
    };
    let summary = row.summary;
    let optional = |value: Option<String>| value.unwrap_or_default();
    vec![
        Cell::new(kind).fg(Color::Cyan),
        shade(optional(row.threads.map(|threads| threads.to_string()))),
        shade(format!("{} {}", row.library, row.form)),
        shade(format!("{} {}", amount(summary.median, row.unit), row.unit)),
        shade(format!(
            "{}{}{}",
            amount(summary.min, row.unit),
            look.dash(),
            amount(summary.max, row.unit)
        )),
        shade(optional(row.net.map(number))),
        shade(optional(
            row.ratio.map(|ratio| format!("{} x", number(ratio))),
        )),
        goal(row, look),
    ]
}

fn goal(row: &Row, look: Look) -> Cell {
    let texts: Vec<_> = row
        .verdicts
        .iter()
        .map(|verdict| {
            let word = if verdict.met { "ok" } else { "MISSED" };
            format!("goal {} {}: {word}", look.at_most(), verdict.bound)
        })
        .collect();
    let color = if row.verdicts.iter().all(|verdict| verdict.met) {
        Color::Green
    } else {
        Color::Red
    };
    let separator = match look {
        Look::Terminal => "\n",
        Look::Plain => "; ",
    };
    Cell::new(texts.join(separator)).fg(color)
}

/// Returns the number, without decimals where the unit is a count.
fn amount(value: f64, unit: &str) -> String {
    if unit == "switches" {
        format!("{value:.0}")
    } else {
        number(value)
    }
}

/// Returns the number with as many digits as it deserves.
fn number(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goal::judge;
    use crate::harness::Summary;

    #[test]
    fn plain_table_is_ascii_and_says_what_is_missed() {
        let mut rows = [
            Row::new(
                "up-down",
                "dynamometer",
                "UpDownCounter",
                Summary::single(1.25),
            )
            .role(Role::Ours)
            .threads(1),
            Row::new("up-down", "prometheus", "IntGauge", Summary::single(5.0)).threads(1),
        ];
        judge(&mut rows);
        let text = render(&rows, Look::Plain);
        assert!(text.is_ascii(), "{text}");
        assert!(text.contains("goal <= 1 ns: MISSED"), "{text}");
        assert!(text.contains("4.00 x"), "{text}");
    }
}
