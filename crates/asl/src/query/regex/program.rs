//! Patterns as small programs: what is matched step by step.

use super::class::Matcher;

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Empty,
    Char(Matcher),
    Assert(Assertion),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Repeat {
        node: Box<Node>,
        least: usize,
        most: Option<usize>,
    },
}

/// A condition on a place between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Assertion {
    Start,
    End,
    LineStart,
    LineEnd,
    WordEdge,
    NoWordEdge,
}

/// One instruction.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Instruction {
    Char(Matcher),
    Assert(Assertion),
    Jump(usize),
    Split(usize, usize),
    Match,
}

/// Instructions, run from the first.
pub(super) type Program = Vec<Instruction>;

/// Instructions that a pattern may need.
const MAX_SIZE: usize = 5_000;

/// The program of a pattern, or why there is none.
pub(super) fn compile(node: &Node) -> Result<Program, String> {
    let mut program = Vec::new();
    emit(node, &mut program)?;
    push(&mut program, Instruction::Match)?;
    Ok(program)
}

fn push(program: &mut Program, instruction: Instruction) -> Result<usize, String> {
    if program.len() >= MAX_SIZE {
        return Err("The pattern is too large".to_owned());
    }
    program.push(instruction);
    Ok(program.len() - 1)
}

fn emit(node: &Node, program: &mut Program) -> Result<(), String> {
    match node {
        Node::Empty => Ok(()),
        Node::Char(matcher) => push(program, Instruction::Char(matcher.clone())).map(|_| ()),
        Node::Assert(assertion) => push(program, Instruction::Assert(*assertion)).map(|_| ()),
        Node::Sequence(nodes) => nodes.iter().try_for_each(|node| emit(node, program)),
        Node::Choice(nodes) => choice(nodes, program),
        Node::Repeat { node, least, most } => repeat(node, *least, *most, program),
    }
}

fn choice(nodes: &[Node], program: &mut Program) -> Result<(), String> {
    let Some((last, first)) = nodes.split_last() else {
        return Ok(());
    };
    let mut jumps = Vec::new();
    for node in first {
        let split = push(program, Instruction::Match)?;
        emit(node, program)?;
        jumps.push(push(program, Instruction::Match)?);
        program[split] = Instruction::Split(split + 1, program.len());
    }
    emit(last, program)?;
    for jump in jumps {
        program[jump] = Instruction::Jump(program.len());
    }
    Ok(())
}

fn repeat(
    node: &Node,
    least: usize,
    most: Option<usize>,
    program: &mut Program,
) -> Result<(), String> {
    for _ in 0..least {
        emit(node, program)?;
    }
    match most {
        None => {
            let split = push(program, Instruction::Match)?;
            emit(node, program)?;
            push(program, Instruction::Jump(split))?;
            program[split] = Instruction::Split(split + 1, program.len());
        }
        Some(most) => {
            let mut splits = Vec::new();
            for _ in least..most {
                splits.push(push(program, Instruction::Match)?);
                emit(node, program)?;
            }
            for split in splits {
                program[split] = Instruction::Split(split + 1, program.len());
            }
        }
    }
    Ok(())
}
