//! Reads an event along the edges of an automaton: see [`crate::automaton`].

use crate::automaton::{Action, Automaton, START, Value};
use crate::classes::{Bytes, Scalar};
use crate::json::{Span, Step, Why};
use crate::plan::TextNode;
use crate::screen::Verdict;
use crate::terms::Text;
use crate::values::Values;

impl<const LINES: bool> Values<'_, '_, LINES> {
    /// Reads an event whose bytes between values have been recorded.
    ///
    /// After an error, the event must be walked: the reason is not the one that the walk would find.
    #[inline]
    pub fn follow(&mut self, automaton: &mut Automaton) -> Step {
        #[cfg(target_arch = "x86_64")]
        if let Some(reader) = self.scanner.avx2() {
            // SAFETY: there is a reader only if the processor has these features.
            return unsafe { self.follow_with_avx2(automaton, reader) };
        }
        self.follow_with(automaton, Scalar)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,popcnt,bmi1,bmi2")]
    fn follow_with_avx2(&mut self, automaton: &mut Automaton, reader: crate::avx2::Avx2) -> Step {
        self.follow_with(automaton, reader)
    }

    /// Always inlined, so that the whole loop is compiled for the features of a reader.
    #[inline(always)]
    fn follow_with<B: Bytes>(&mut self, automaton: &mut Automaton, reader: B) -> Step {
        let data = self.cursor.data;
        let (mut state, mut at) = (START, self.cursor.at);
        loop {
            let edge = automaton.edge(state, data, at, reader).ok_or(Why::Structure)?;
            at += edge.length();
            if !edge.actions.is_empty() {
                self.act(&edge.actions)?;
            }
            at = match &edge.value {
                Value::Text(node) => self.follow_text(node, data, at, reader)?,
                other => self.follow_other(other, at)?,
            };
            if matches!(edge.value, Value::End) {
                return Ok(());
            }
            state = edge.next;
        }
    }

    /// Reads a string after its first quote; returns where its last quote is.
    #[inline(always)]
    fn follow_text<B: Bytes>(&mut self, node: &TextNode, data: &[u8], start: usize, reader: B) -> Step<usize> {
        let rest = data.get(start..).unwrap_or_default();
        let found = reader.string(rest);
        if rest.get(found.length) != Some(&b'"') {
            return self.follow_escaped(node, start);
        }
        let (bytes, end) = (&rest[..found.length], start + found.length);
        if node.screen.verdict(Text::of(bytes, found)) != Verdict::Clean {
            return Err(Why::Value);
        }
        if node.keep.is_any() {
            self.read.facts.text(&node.keep, Span { start, end, is_decoded: false }, bytes);
        }
        Ok(end)
    }

    /// As [`Values::follow_text`], for a string with escapes.
    #[cold]
    fn follow_escaped(&mut self, node: &TextNode, start: usize) -> Step<usize> {
        self.cursor.at = start - 1;
        self.text(node)?;
        Ok(self.cursor.at - 1)
    }

    /// Reads a value other than a string; returns where it ends.
    fn follow_other(&mut self, value: &Value, start: usize) -> Step<usize> {
        self.cursor.at = start;
        match value {
            Value::Integer(node) => self.integer(node)?,
            Value::Entries(node) => self.entries(node)?,
            Value::Text(_) | Value::End => {}
        }
        Ok(self.cursor.at)
    }

    /// Does what an edge asks for.
    fn act(&mut self, actions: &[Action]) -> Step {
        for action in actions {
            match action {
                Action::EndObject(end) => self.end_object(end)?,
                Action::BeginArray => self.begin_array(),
                Action::EndElement(elements, seen) => self.end_element(elements, *seen),
                Action::EndArray(elements) => self.end_array(elements),
            }
        }
        Ok(())
    }
}
