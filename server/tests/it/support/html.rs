//! Reading pages just well enough to fill in their forms and follow their links.

/// The attributes of every element of this name.
pub fn tags(html: &str, name: &str) -> Vec<Vec<(String, String)>> {
    let start = format!("<{name}");
    let ends = |rest: &str| rest.starts_with([' ', '>', '/']);
    html.match_indices(&start)
        .map(|(at, start)| &html[at + start.len()..])
        .filter(|rest| ends(rest))
        .map(attributes)
        .collect()
}

/// What stands inside each element of this name and class, and its attributes before it.
pub fn inside(html: &str, name: &str, class: &str) -> Vec<String> {
    let (start, end) = (format!("<{name} "), format!("</{name}>"));
    let of_class = |element: &str| {
        value(&attributes(element), "class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
    };
    html.split(&start)
        .skip(1)
        .filter(|element| of_class(element))
        .map(|element| element.split(&end).next().unwrap_or_default().replace("&amp;", "&"))
        .collect()
}

/// The hidden fields of the form that posts to this address; nothing, if there is no such form.
pub fn hidden_fields(html: &str, action: &str) -> Option<Vec<(String, String)>> {
    let form = html.split("<form").skip(1).find(|form| {
        let attributes = attributes(form);
        value(&attributes, "action") == Some(action) && value(&attributes, "method") == Some("post")
    })?;
    let form = form.split("</form>").next()?;
    let hidden = tags(form, "input").into_iter().filter(|input| value(input, "type") == Some("hidden"));
    let field = |input: Vec<(String, String)>| {
        Some((value(&input, "name")?.to_owned(), value(&input, "value").unwrap_or_default().to_owned()))
    };
    Some(hidden.filter_map(field).collect())
}

/// Where the link of this relation leads.
pub fn linked(html: &str, rel: &str) -> Option<String> {
    let link = tags(html, "a").into_iter().find(|link| value(link, "rel") == Some(rel))?;
    value(&link, "href").map(str::to_owned)
}

fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

fn attributes(mut rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\n', '/']);
        if rest.is_empty() || rest.starts_with('>') {
            return found;
        }
        let end = rest.find([' ', '=', '>']).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let Some(quoted) = rest.strip_prefix("=\"") else {
            rest = rest.strip_prefix('=').unwrap_or(rest);
            found.push((name, String::new()));
            continue;
        };
        let (text, after) = quoted.split_once('"').unwrap_or((quoted, ""));
        found.push((name, unescaped(text)));
        rest = after;
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&")
}
