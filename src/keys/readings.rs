//! How characters are read: by the dictionary, and where surnames, places and trades read them otherwise.

use pinyin::ToPinyin;

use crate::contact::significant;

/// Whether the letters spell a part of the name in pinyin, from the beginning of a character on; of the last character
/// they may be the beginning alone. A character with several readings is spelled by any of them.
pub fn spells(name: &str, letters: &str) -> bool {
    let name: Vec<char> = significant(name).collect();
    (0..name.len()).any(|begin| rest_is_spelled(&name[begin..], letters))
}

fn rest_is_spelled(name: &[char], letters: &str) -> bool {
    let Some((first, rest)) = name.split_first() else { return false };
    let dictionary = first.to_pinyin().map(|pinyin| pinyin.plain());
    dictionary.into_iter().chain(otherwise(*first).iter().copied()).any(|reading| {
        reading.starts_with(letters) || letters.strip_prefix(reading).is_some_and(|left| rest_is_spelled(rest, left))
    })
}

/// Readings of characters in names that a dictionary does not give first.
fn otherwise(here: char) -> &'static [&'static str] {
    match here {
        '仇' => &["qiu"],
        '区' => &["ou"],
        '单' => &["shan"],
        '查' => &["zha"],
        '解' => &["xie"],
        '曾' => &["zeng"],
        '翟' => &["zhai"],
        '覃' => &["qin"],
        '尉' => &["yu"],
        '万' => &["mo"],
        '俟' => &["qi"],
        '乐' => &["yue"],
        '盖' => &["ge"],
        '朴' => &["piao"],
        '员' => &["yun"],
        '重' => &["chong"],
        '长' => &["chang", "zhang"],
        '行' => &["hang"],
        '晟' => &["sheng"],
        '尹' => &["yin"],
        '吕' | '律' | '绿' => &["lv"],
        '女' => &["nv"],
        _ => &[],
    }
}

/// The letter with which the dictionary's first reading begins; what has no reading stands for itself.
pub(super) fn by_dictionary(here: char) -> char {
    here.to_pinyin().and_then(|pinyin| pinyin.first_letter().chars().next()).unwrap_or(here)
}

/// How a pinyin keyboard begins the character; what has no reading stands for itself.
pub(super) fn initial(name: &[char], index: usize) -> char {
    let here = name[index];
    let before = index.checked_sub(1).map_or(' ', |index| name[index]);
    let after = name.get(index + 1).copied().unwrap_or(' ');
    let as_surname = if index == 0 && (2..=3).contains(&name.len()) { surname(here) } else { None };
    as_surname.or_else(|| reading(before, here, after)).unwrap_or_else(|| by_dictionary(here))
}

/// Surnames that are read unlike the word; a key of two or three characters is taken for a person.
fn surname(here: char) -> Option<char> {
    Some(match here {
        '仇' => 'q',
        '区' => 'o',
        '单' => 's',
        '查' => 'z',
        '解' => 'x',
        _ => return None,
    })
}

/// Readings that company and place names need and that differ from the dictionary's first.
fn reading(before: char, here: char, after: char) -> Option<char> {
    Some(match (before, here, after) {
        ('成' | '增' | '家', '长', _) => 'z',
        (_, '长', _) => 'c',
        (_, '重', '庆') => 'c',
        (_, '厦', '门') => 'x',
        ('西', '藏', _) | (_, '藏', '族' | '药' | '医') => 'z',
        ('银' | '商' | '分' | '支' | '总' | '投' | '央' | '车' | '同', '行', _) => 'h',
        (_, '行', '业' | '长' | '情') => 'h',
        ('闵', '行', _) => 'h',
        (_, '会', '计') => 'k',
        ('音' | '声' | '器', '乐', _) | (_, '乐', '器' | '团' | '队' | '谱') => 'y',
        ('空' | '烹', '调', _) | (_, '调', '味' | '料' | '解' | '理' | '节') => 't',
        ('人' | '海' | '党', '参', _) => 's',
        ('瑜', '伽', _) => 'j',
        (_, '蔚', '县') => 'y',
        (_, '番', '禺') => 'p',
        (_, '铅', '山') => 'y',
        (_, '莘', '庄') => 'x',
        (_, '单', '县') => 's',
        (_, '浒', '墅') => 'x',
        (_, '犍', '为') => 'q',
        ('黄', '陂', _) => 'p',
        (_, '尉', '迟') => 'y',
        (_, '万', '俟') => 'm',
        ('万', '俟', _) => 'q',
        (_, '晟', _) => 's',
        (_, '曾' | '翟', _) => 'z',
        (_, '覃', _) => 'q',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_spelled_from_the_beginning_of_a_character_on() {
        for letters in ["wuhaibo", "wuhai", "haibo", "wu", "bo", "wuh", "haib"] {
            assert!(spells("吴海波", letters), "{letters}");
        }
        for letters in ["aibo", "wuhaiboo", "whb", "wubo", "haiwu"] {
            assert!(!spells("吴海波", letters), "{letters}");
        }
    }

    #[test]
    fn a_surname_is_spelled_by_either_of_its_readings() {
        for (name, letters) in [
            ("单田芳", "shantian"),
            ("单田芳", "dantian"),
            ("曾小明", "zengxiaoming"),
            ("曾小明", "cengxiaoming"),
            ("重庆", "chongqing"),
            ("吕布", "lvbu"),
        ] {
            assert!(spells(name, letters), "{name} {letters}");
        }
    }
}
