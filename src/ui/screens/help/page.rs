//! A page of simple Markdown: headings, paragraphs and lists, in the window's own texts.

use egui::{Label, RichText, Ui};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::ui::text;
use crate::ui::tokens::space;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Block {
    /// The page's own heading.
    Title(String),
    /// A part's heading.
    Heading(String),
    Paragraph(String),
    Point(String),
}

pub(super) fn page_ui(ui: &mut Ui, markdown: &str) {
    for block in blocks(markdown) {
        match block {
            Block::Title(words) => {
                text::show_heading(ui, words);
                ui.add_space(space::ONE);
            }
            Block::Heading(words) => {
                ui.add_space(space::TWO);
                let heading = ui.add(Label::new(text::sentence(ui, words.as_str())).wrap());
                text::name_heading(&heading, &words);
                ui.add_space(space::HALF);
            }
            Block::Paragraph(words) => {
                read(ui, text::body(ui, words));
            }
            Block::Point(words) => {
                ui.horizontal_top(|ui| {
                    ui.label(text::second(ui, "•"));
                    ui.vertical(|ui| read(ui, text::body(ui, words)));
                });
            }
        }
    }
}

fn read(ui: &mut Ui, words: RichText) {
    ui.add(Label::new(words).wrap().selectable(true));
    ui.add_space(space::HALF);
}

/// The pieces of a page. Emphasis and code are read as plain words. Footnotes are left out: they name
/// what in the sources holds a sentence.
fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut words = String::new();
    let mut in_point = false;
    let mut in_footnote = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => in_footnote = true,
            Event::End(TagEnd::FootnoteDefinition) => in_footnote = false,
            _ if in_footnote => {}
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(Tag::Item) => in_point = true,
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
                blocks.push(Block::Title(std::mem::take(&mut words)));
            }
            Event::End(TagEnd::Heading(_)) => {
                blocks.push(Block::Heading(std::mem::take(&mut words)));
            }
            Event::End(TagEnd::Paragraph) if !in_point => {
                blocks.push(Block::Paragraph(std::mem::take(&mut words)));
            }
            Event::End(TagEnd::Item) => {
                in_point = false;
                blocks.push(Block::Point(std::mem::take(&mut words)));
            }
            _ => {}
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_its_headings_paragraphs_and_points() {
        let page = "# Top\n\nOne *plain*\nsentence.[^a]\n\n## Part\n\n- first[^b] `code`\n- second\n\n\
                    [^a]: what holds it\n[^b]: `this`\n\n[^c]: and that\n";
        assert_eq!(
            blocks(page),
            [
                Block::Title("Top".into()),
                Block::Paragraph("One plain sentence.".into()),
                Block::Heading("Part".into()),
                Block::Point("first code".into()),
                Block::Point("second".into()),
            ]
        );
    }

    #[test]
    fn the_pages_of_the_help_use_nothing_that_is_not_drawn() {
        for event in Parser::new_ext(super::super::PROMISES, Options::all()) {
            let drawn = match &event {
                Event::Start(tag) => matches!(
                    tag,
                    Tag::Heading { .. }
                        | Tag::Paragraph
                        | Tag::List(None)
                        | Tag::Item
                        | Tag::Emphasis
                        | Tag::Strong
                        | Tag::FootnoteDefinition(_)
                ),
                Event::End(_)
                | Event::Text(_)
                | Event::Code(_)
                | Event::SoftBreak
                | Event::FootnoteReference(_) => true,
                _ => false,
            };
            assert!(drawn, "{event:?}");
        }
    }
}
