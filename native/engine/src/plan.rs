//! Compiles the JSON of a plan to a tree that readers follow.
//!
//! What is not understood is always suspect, so that a newer plan costs time and nothing else.

use std::sync::Arc;

use serde_json::Value;

use crate::characters::Unicode;
use crate::facts::{Keep, Listed, Relation, WIDTH};
use crate::screen::Screen;
use crate::terms::Shared;

/// The version of the shape of plans that this crate reads.
pub const FORMAT: u64 = 2;

/// A node of an event.
pub enum Node {
    /// An object with known fields.
    Object(Box<Object>),
    /// An array of objects.
    Array(Box<Array>),
    /// An object with any keys.
    Entries(Arc<Entries>),
    /// A string.
    Text(Arc<TextNode>),
    /// A whole number.
    Integer(Arc<Integer>),
    /// A node that is always suspect.
    Unknown,
}

/// An object with known fields.
pub struct Object {
    /// The fields; at most 64.
    pub fields: Vec<Field>,
    /// A bit for each required field.
    pub required: u64,
    /// Sets of fields, one of which is required.
    pub choices: Vec<u64>,
    /// What is to be done when the object has been read.
    pub end: Arc<ObjectEnd>,
    /// Where the object's predictions begin (see [`crate::walk`]); there is one for each field, and one more.
    pub first_prediction: usize,
}

/// What is to be done when an object has been read.
#[derive(Debug, Default)]
pub struct ObjectEnd {
    /// The mark of the object.
    pub mark: Option<usize>,
    /// What is compared.
    pub relations: Vec<Relation>,
}

impl ObjectEnd {
    /// Whether anything is to be done.
    #[inline]
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.mark.is_some() || !self.relations.is_empty()
    }
}

/// A field.
pub struct Field {
    /// The key.
    pub key: Box<[u8]>,
    /// The key in quotes.
    pub quoted: Quoted,
    /// Its value.
    pub node: Node,
}

/// A key in quotes, which is compared as one number if it is short.
pub struct Quoted {
    bytes: Box<[u8]>,
    /// The first bytes as a number, and ones for those that count.
    number: u128,
    ones: u128,
}

const WORD: usize = size_of::<u128>();

impl Quoted {
    /// A key that JSON does not escape, in quotes.
    #[must_use]
    pub fn new(key: &str) -> Quoted {
        let bytes = format!("\"{key}\"").into_bytes();
        let count = bytes.len().min(WORD);
        let (mut word, mut ones) = ([0; WORD], [0; WORD]);
        word[..count].copy_from_slice(&bytes[..count]);
        ones[..count].fill(0xFF);
        Quoted { bytes: bytes.into(), number: u128::from_ne_bytes(word), ones: u128::from_ne_bytes(ones) }
    }

    /// Its bytes, with the quotes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many bytes it has.
    #[inline]
    #[must_use]
    pub fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Whether a text begins with it.
    #[inline]
    #[must_use]
    pub fn begins(&self, text: &[u8]) -> bool {
        match text.first_chunk() {
            Some(word) => {
                u128::from_ne_bytes(*word) & self.ones == self.number
                    && (self.bytes.len() <= WORD || text.starts_with(&self.bytes))
            }
            None => text.starts_with(&self.bytes),
        }
    }
}

/// An array of objects.
pub struct Array {
    /// Each element.
    pub item: Object,
    /// What is kept of them.
    pub elements: Arc<Elements>,
}

/// What is kept of the elements of an array.
#[derive(Debug, Default)]
pub struct Elements {
    /// The mark of their number.
    pub mark: Option<usize>,
    /// The lists for their hashes.
    pub hashes: Vec<usize>,
    /// The tables for their fields; the element must have a field of this index.
    pub tables: Vec<(usize, usize)>,
}

/// An object with any keys, whose values are strings or arrays of strings.
pub struct Entries {
    /// Terms about a key.
    pub key: Screen,
    /// Terms about a string.
    pub value: Screen,
    /// How many bytes a key and a string of its entry have together at most.
    pub most: usize,
    /// The number of the leaf.
    pub leaf: u32,
}

/// A string.
pub struct TextNode {
    /// Terms about it.
    pub screen: Screen,
    /// The number of the leaf.
    pub leaf: u32,
    /// What is kept of it.
    pub keep: Keep,
}

/// A whole number.
pub struct Integer {
    /// The least one.
    pub minimum: i64,
    /// The largest one.
    pub maximum: i64,
    /// Its mark.
    pub mark: Option<usize>,
    /// Whether it is always suspect.
    pub always: bool,
}

/// A part of the path of a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The key of a field.
    Key(String),
    /// An element of an array.
    Element,
}

/// An event.
pub struct Event {
    /// Its root.
    pub root: Object,
    /// The path of each leaf, by its number.
    pub leaves: Vec<Vec<Part>>,
    /// How many predictions, marks, lists and tables it needs.
    pub sizes: Sizes,
    /// Whether everything is suspect.
    pub always: bool,
}

/// How much a reader keeps for an event.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sizes {
    /// Predictions of the next field.
    pub predictions: usize,
    /// Marks.
    pub marks: usize,
    /// Lists of hashes.
    pub hashes: usize,
    /// Tables of fields of elements.
    pub tables: usize,
}

/// Why a plan cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct Unusable(pub &'static str);

/// Compiles one event of a plan.
///
/// `identifier` is the `$id` of its schema. With `reports`, what rules report is suspect, too, and not only what the
/// server rejects.
pub fn event(plan: &Value, identifier: &str, reports: bool) -> Result<Event, Unusable> {
    if plan.get("format").and_then(Value::as_u64) != Some(FORMAT) {
        return Err(Unusable("the plan has another format"));
    }
    let sets = plan.get("sets").and_then(Value::as_object).ok_or(Unusable("the plan has no sets"))?;
    let unicode = Unicode::of_plan(plan).ok_or(Unusable("the plan has no lists of characters"))?;
    let root = plan.get("events").and_then(|events| events.get(identifier));
    let root = root.ok_or(Unusable("the plan has no such event"))?;
    let shared = Shared { sets, unicode };
    let mut compiler = Compiler { shared, reports, sizes: Sizes::default(), leaves: Vec::new(), path: Vec::new() };
    let root = compiler.object(root).ok_or(Unusable("the event is not an object"))?;
    let payload = plan.get("payload").and_then(Value::as_array).ok_or(Unusable("the plan has no payload"))?;
    let always = reports && payload.iter().any(|term| term.get(0).and_then(Value::as_str) != Some("not_strict"));
    Ok(Event { root, leaves: compiler.leaves, sizes: compiler.sizes, always })
}

struct Compiler<'a> {
    shared: Shared<'a>,
    reports: bool,
    sizes: Sizes,
    leaves: Vec<Vec<Part>>,
    path: Vec<Part>,
}

const MOST_FIELDS: usize = 64;

impl Compiler<'_> {
    fn object(&mut self, node: &Value) -> Option<Object> {
        let fields = node.get("fields")?.as_object().filter(|fields| fields.len() <= MOST_FIELDS)?;
        let first_prediction = self.sizes.predictions;
        self.sizes.predictions += fields.len() + 1;
        let fields: Vec<Field> = fields.iter().map(|(key, below)| self.field(key, below)).collect();
        let (mut required, mut choices) = (0, Vec::new());
        for keys in node.get("required")?.as_array()? {
            let keys = keys.as_array()?.iter();
            let bits = keys.map(|key| Some(1u64 << index_of(&fields, key.as_str()?)?));
            let bits = bits.sum::<Option<u64>>()?;
            if bits.count_ones() == 1 { required |= bits } else { choices.push(bits) }
        }
        let mut object = Object { fields, required, choices, end: Arc::default(), first_prediction };
        if self.reports {
            let terms = node.get("report")?.as_array()?.iter();
            let relations = terms.map(|term| self.relation(&mut object, term).unwrap_or(Relation::Always)).collect();
            object.end = Arc::new(ObjectEnd { mark: None, relations });
        }
        Some(object)
    }

    fn field(&mut self, key: &str, below: &Value) -> Field {
        self.path.push(Part::Key(key.to_owned()));
        let node = self.node(below).unwrap_or(Node::Unknown);
        self.path.pop();
        Field { key: key.as_bytes().into(), quoted: Quoted::new(key), node }
    }

    fn node(&mut self, node: &Value) -> Option<Node> {
        Some(match node.get("kind")?.as_str()? {
            "object" => Node::Object(Box::new(self.object(node)?)),
            "array" => {
                self.path.push(Part::Element);
                let item = self.object(node.get("items")?);
                self.path.pop();
                Node::Array(Box::new(Array { item: item?, elements: Arc::default() }))
            }
            "entries" => {
                let (key, value) = (self.screen(node.get("key")?)?, self.screen(node.get("value")?)?);
                let most = self.pair_limit(node.get("pair")?)?;
                Node::Entries(Arc::new(Entries { key, value, most, leaf: self.leaf() }))
            }
            "string" => {
                let screen = self.screen(node)?;
                Node::Text(Arc::new(TextNode { screen, leaf: self.leaf(), keep: Keep::default() }))
            }
            "integer" => Node::Integer(Arc::new(Integer {
                minimum: node.get("minimum")?.as_i64()?,
                maximum: node.get("maximum")?.as_i64()?,
                mark: None,
                always: self.terms(node)?.iter().any(|term| term.get(0).and_then(Value::as_str) != Some("not_integer")),
            })),
            _ => return None,
        })
    }

    fn leaf(&mut self) -> u32 {
        self.leaves.push(self.path.clone());
        self.leaves.len() as u32 - 1
    }

    fn screen(&self, node: &Value) -> Option<Screen> {
        let report = if self.reports { node.get("report")?.as_array()? } else { &Vec::new() };
        Some(Screen::new(node.get("refuse")?.as_array()?, report, &self.shared))
    }

    /// The terms of both lists that count.
    fn terms(&self, node: &Value) -> Option<Vec<Value>> {
        let mut terms = node.get("refuse")?.as_array()?.clone();
        if self.reports {
            terms.extend_from_slice(node.get("report")?.as_array()?);
        }
        Some(terms)
    }

    /// The limit in the only term about a key and a value; None if there is any other.
    fn pair_limit(&self, pair: &Value) -> Option<usize> {
        let mut most = usize::MAX;
        for term in self.terms(pair)? {
            if term.get(0)?.as_str()? != "max_bytes_with_key" {
                return None;
            }
            most = most.min(usize::try_from(term.get(1)?.as_u64()?).ok()?);
        }
        Some(most)
    }

    fn relation(&mut self, object: &mut Object, term: &Value) -> Option<Relation> {
        let text = |at: usize| term.get(at).and_then(Value::as_str);
        Some(match text(0)? {
            "same" => {
                let pointers = term.get(1)?.as_array().filter(|pointers| pointers.len() == 2)?;
                let [one, other] = [pointers[0].as_str()?, pointers[1].as_str()?];
                Relation::Same(self.text_mark(object, one)?, self.text_mark(object, other)?)
            }
            "fewer" => {
                let Node::Integer(number) = find(object, text(1)?)? else { return None };
                let number = *Arc::get_mut(number)?.mark.get_or_insert_with(|| next(&mut self.sizes.marks));
                Relation::Fewer(number, self.array_mark(object, text(2)?)?)
            }
            "repeated" => Relation::Repeated(self.hash_list(object, text(1)?, &identity(term.get(4)?)?)?),
            "outside" => {
                let identity = identity(term.get(3)?)?;
                let listed = identity.iter().map(|(key, fields)| self.listed(object, text(1)?, key, fields));
                Relation::Outside(listed.collect::<Option<_>>()?)
            }
            _ => return None,
        })
    }

    fn text_mark(&mut self, object: &mut Object, pointer: &str) -> Option<usize> {
        let Node::Text(node) = find(object, pointer)? else { return None };
        Some(*Arc::get_mut(node)?.keep.mark.get_or_insert_with(|| next(&mut self.sizes.marks)))
    }

    /// A list for the hashes of the identity of each element of an array.
    fn hash_list(&mut self, object: &mut Object, array: &str, identity: &[(String, Vec<String>)]) -> Option<usize> {
        let Node::Array(array) = find(object, array)? else { return None };
        let list = next(&mut self.sizes.hashes);
        Arc::get_mut(&mut array.elements)?.hashes.push(list);
        let pointers =
            identity.iter().flat_map(|(key, fields)| fields.iter().map(move |field| format!("/{key}/{field}")));
        for (number, pointer) in pointers.enumerate() {
            let Node::Text(text) = find(&mut array.item, &pointer)? else { return None };
            if Arc::get_mut(text)?.keep.hash.replace((list, number as u64 + 1)).is_some() {
                return None;
            }
        }
        Some(list)
    }

    /// A value of an object that elements of an array may list under the same key.
    fn listed(&mut self, object: &mut Object, array: &str, key: &str, fields: &[String]) -> Option<Listed> {
        let table = next(&mut self.sizes.tables);
        let fields = fields.iter().enumerate().take(WIDTH + 1);
        let marks = fields.map(|(column, field)| {
            let Node::Array(array) = find(object, array)? else { return None };
            let Node::Text(cell) = find(&mut array.item, &format!("/{key}/{field}"))? else { return None };
            if column >= WIDTH || Arc::get_mut(cell)?.keep.cell.replace((table, column)).is_some() {
                return None;
            }
            self.text_mark(object, &format!("/{key}/{field}"))
        });
        let fields = marks.collect::<Option<Vec<_>>>()?;
        let Node::Array(array) = find(object, array)? else { return None };
        Arc::get_mut(&mut array.elements)?.tables.push((index_of(&array.item.fields, key)?, table));
        let Node::Object(value) = find(object, &format!("/{key}"))? else { return None };
        let value = *Arc::get_mut(&mut value.end)?.mark.get_or_insert_with(|| next(&mut self.sizes.marks));
        Some(Listed { value, fields, table })
    }

    fn array_mark(&mut self, object: &mut Object, pointer: &str) -> Option<usize> {
        let Node::Array(node) = find(object, pointer)? else { return None };
        Some(*Arc::get_mut(&mut node.elements)?.mark.get_or_insert_with(|| next(&mut self.sizes.marks)))
    }
}

/// The keys of an identity, and the keys below each.
fn identity(value: &Value) -> Option<Vec<(String, Vec<String>)>> {
    serde_json::from_value(value.clone()).ok()
}

/// Counts up, and returns the number before.
fn next(count: &mut usize) -> usize {
    *count += 1;
    *count - 1
}

fn index_of(fields: &[Field], key: &str) -> Option<usize> {
    fields.iter().position(|field| *field.key == *key.as_bytes())
}

/// The node that a pointer leads to through objects alone.
fn find<'a>(object: &'a mut Object, pointer: &str) -> Option<&'a mut Node> {
    let (key, rest) = match pointer.strip_prefix('/')?.split_once('/') {
        Some((key, rest)) => (key, Some(format!("/{rest}"))),
        None => (pointer.strip_prefix('/')?, None),
    };
    let index = index_of(&object.fields, key)?;
    let node = &mut object.fields[index].node;
    match (rest, node) {
        (None, node) => Some(node),
        (Some(rest), Node::Object(below)) => find(below, &rest),
        _ => None,
    }
}
