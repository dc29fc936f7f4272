//! Passwords that somebody who guesses tries first.

use std::{collections::HashSet, sync::LazyLock};

/// See the head of the file for where it comes from.
const LIST: &str = include_str!("common.txt");

static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| LIST.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect());

/// Whether a password is on the list, or made of one or two words of it with digits and signs between and around.
pub(super) fn is_common(password: &str) -> bool {
    let small = password.to_lowercase();
    let letters = |of: &dyn Fn(char) -> char| small.chars().map(of).filter(|c| c.is_alphabetic()).collect::<String>();
    COMMON.contains(small.as_str()) || is_of_two(&letters(&|c| c)) || is_of_two(&letters(&written_as_sign))
}

/// Whether letters are one word of the list, or two.
fn is_of_two(letters: &str) -> bool {
    let cuts = letters.char_indices().map(|(at, _)| at).skip(1);
    COMMON.contains(letters)
        || cuts.map(|at| letters.split_at(at)).any(|(one, other)| COMMON.contains(one) && COMMON.contains(other))
}

/// The letter that a sign or a digit stands for where people write "p@ssw0rd".
fn written_as_sign(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Whether a password is a short piece again and again, a row of neighbours, or of fewer than five characters.
pub(super) fn is_plain(password: &str) -> bool {
    let characters: Vec<char> = password.to_lowercase().chars().collect();
    let kinds = characters.iter().collect::<HashSet<_>>().len();
    kinds < 5 || is_repetition(&characters) || is_row(&characters)
}

fn is_repetition(characters: &[char]) -> bool {
    (1..=characters.len() / 2).any(|piece| characters.iter().zip(&characters[piece..]).all(|(one, later)| one == later))
}

/// Nine in ten are followed by their neighbour in the alphabet, or by themselves.
fn is_row(characters: &[char]) -> bool {
    let near = |pair: &[char]| u32::from(pair[0]).abs_diff(u32::from(pair[1])) <= 1;
    let steps = characters.windows(2);
    let all = steps.len();
    steps.filter(|pair| near(pair)).count() * 10 >= all * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_is_common() {
        for password in [
            "motdepasse2026!",
            "MotDePasse-123",
            "P@ssw0rd2024!",
            "azertyuiop123",
            "Bienvenue2026!",
            "1q2w3e4r5t6y",
            "iloveyou2024",
            "soleil soleil 75",
            "123456789012",
            "Septembre.2026",
            "dragon.monkey.1",
        ] {
            assert!(is_common(password) || is_plain(password), "{password}");
        }
    }

    #[test]
    fn repetitions_and_rows_are_plain() {
        for password in
            ["abcabcabcabc", "aaaaaaaaaaaab", "abcdefghijklm", "éàéàéàéàéàéà", "zyxwvutsrqpon", "un mot un mot "]
        {
            assert!(is_plain(password), "{password}");
        }
    }

    #[test]
    fn what_nobody_else_has_may_be_had() {
        for password in [
            "correct horse battery",
            "douzelettres",
            "une tasse de thé froid",
            "Kf7-wq2M-9xZp",
            "quatre saisons au marché",
        ] {
            assert!(!is_common(password) && !is_plain(password), "{password}");
        }
    }
}
