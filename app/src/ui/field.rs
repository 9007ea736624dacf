//! Forms and their fields: a label, a control, a hint, and the error beside it. What was typed is always kept.

use leptos::prelude::*;
use partner_center::error::{Code, Error};

use crate::{
    form,
    text::{self, Locale, words},
};

/// A form: what is wrong with it as a whole, then its fields.
#[component]
pub fn FormShell(
    locale: Locale,
    /// Where it posts; its page's own address.
    action: String,
    error: Option<Error>,
    /// The names of the fields, for the summary.
    labels: Vec<(&'static str, &'static str)>,
    #[prop(optional)] class: &'static str,
    /// Whether there are files among the fields.
    #[prop(optional)]
    files: bool,
    children: Children,
) -> impl IntoView {
    let enctype = files.then_some("multipart/form-data");
    let problems = form::problems(error.as_ref());
    let overall = match &error {
        Some(Error::Invalid(_)) | None => None,
        Some(other) => Some(text::fault(locale, other).1),
    };
    let summary = (!problems.is_empty() || overall.is_some()).then(|| {
        let items = problems.into_iter().map(|problem| {
            let label = labels.iter().find(|(field, _)| *field == problem.field).map_or("", |(_, label)| label);
            let separator = locale.pick("：", ": ");
            view! { <li><a href=format!("#{}", problem.field)>{format!("{label}{separator}{}", text::problem(locale, problem.code))}</a></li> }
        });
        let items = items.collect_view();
        match overall {
            Some(why) => view! { <div class="form__summary" role="alert" tabindex="-1" autofocus><p>{why}</p></div> }.into_any(),
            None => view! { <div class="form__summary" role="alert" tabindex="-1" autofocus><p>{words(locale).problems}</p><ul>{items}</ul></div> }.into_any(),
        }
    });
    view! {
        <form class=format!("form {class}") method="post" action=action enctype=enctype novalidate>
            {summary} <input type="hidden" name="once" value=form::token() /> {children()}
        </form>
    }
}

/// A one-line field.
#[component]
pub fn Field(
    locale: Locale,
    name: &'static str,
    label: &'static str,
    #[prop(into)] value: String,
    error: Option<Code>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] min: Option<String>,
    #[prop(optional)] max: Option<String>,
    #[prop(optional)] wide: bool,
) -> impl IntoView {
    let control = move |described: Option<String>| {
        view! {
            <input id=name name=name type=kind value=value required=required autocomplete=autocomplete autofocus=autofocus min=min max=max aria-invalid=error.map(|_| "true") aria-describedby=described />
        }
        .into_any()
    };
    frame(locale, name, label, error, required, hint, wide, control)
}

/// A field of several lines. The text is a child and is escaped here: the framework writes it as it is.
#[component]
pub fn TextArea(
    locale: Locale,
    name: &'static str,
    label: &'static str,
    #[prop(into)] value: String,
    error: Option<Code>,
    #[prop(optional)] required: bool,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional)] autofocus: bool,
    #[prop(default = 4)] rows: u8,
) -> impl IntoView {
    let control = move |described: Option<String>| {
        view! {
            <textarea id=name name=name rows=rows required=required autofocus=autofocus aria-invalid=error.map(|_| "true") aria-describedby=described>
                {escaped(&value)}
            </textarea>
        }
        .into_any()
    };
    frame(locale, name, label, error, required, hint, true, control)
}

/// A field in which several files are chosen.
#[component]
pub fn Files(
    locale: Locale,
    name: &'static str,
    label: &'static str,
    error: Option<Code>,
    hint: &'static str,
    /// The endings that the browser offers.
    accept: &'static str,
) -> impl IntoView {
    let control = move |described: Option<String>| {
        view! { <input id=name name=name type="file" multiple accept=accept aria-invalid=error.map(|_| "true") aria-describedby=described /> }
            .into_any()
    };
    frame(locale, name, label, error, false, Some(hint), true, control)
}

/// Text as it may stand inside an element that the framework does not escape. A leading line break would be eaten.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    if text.starts_with(['\n', '\r']) {
        safe.push('\n');
    }
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            other => safe.push(other),
        }
    }
    safe
}

/// One choice of a list: its value, its word, and why it cannot be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub word: String,
    pub disabled: bool,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl ToString, word: impl Into<String>) -> Choice {
        Choice { value: value.to_string(), word: word.into(), disabled: false }
    }
}

/// A field with a list of choices.
#[component]
pub fn Select(
    locale: Locale,
    name: &'static str,
    label: &'static str,
    #[prop(into)] value: String,
    choices: Vec<Choice>,
    error: Option<Code>,
    /// The word for "none chosen"; without one, something always is.
    #[prop(optional)]
    blank: Option<&'static str>,
    #[prop(optional)] required: bool,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let control = move |described: Option<String>| {
        let options = choices.into_iter().map(|choice| {
            let selected = choice.value == value;
            view! { <option value=choice.value selected=selected disabled=choice.disabled>{choice.word}</option> }
        });
        let options = options.collect_view();
        view! {
            <select id=name name=name required=required autofocus=autofocus aria-invalid=error.map(|_| "true") aria-describedby=described>
                {blank.map(|word| view! { <option value="">{word}</option> })}
                {options}
            </select>
        }
        .into_any()
    };
    frame(locale, name, label, error, required, hint, false, control)
}

/// A group of boxes to tick. Those that are fixed stay ticked, and are sent by a hidden field.
#[component]
pub fn Tick(
    locale: Locale,
    name: &'static str,
    label: &'static str,
    chosen: Vec<String>,
    choices: Vec<Choice>,
    error: Option<Code>,
    #[prop(optional)] fixed: Vec<String>,
    /// Why they are.
    #[prop(optional)]
    why_fixed: &'static str,
) -> impl IntoView {
    let reason_id = format!("{name}-fixed");
    let reason = (!fixed.is_empty()).then(|| view! { <p class="field__hint" id=reason_id.clone()>{why_fixed}</p> });
    let boxes = choices.into_iter().map(|choice| {
        let is_fixed = fixed.contains(&choice.value);
        let ticked = is_fixed || chosen.contains(&choice.value);
        let described = is_fixed.then(|| reason_id.clone());
        let carried = is_fixed.then(|| view! { <input type="hidden" name=name value=choice.value.clone() /> });
        view! {
            {carried}
            <label class="choice">
                <input type="checkbox" name=name value=choice.value checked=ticked disabled=is_fixed aria-describedby=described />
                <span>{choice.word}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <fieldset class="field field--wide" class:field--error=error.is_some() id=name>
            <legend class="field__label">{label}</legend>
            <div class="choices">{boxes}</div>
            {reason}
            {error.map(|code| view! { <p class="field__error">{text::problem(locale, code)}</p> })}
        </fieldset>
    }
}

/// The buttons that end a form.
#[component]
pub fn SubmitBar(locale: Locale, word: &'static str, back: String, #[prop(optional)] danger: bool) -> impl IntoView {
    let class = if danger { "button button--danger" } else { "button button--primary" };
    view! {
        <div class="form__buttons">
            <button class=class type="submit">
                {word}
            </button>
            <a class="button" href=back>
                {words(locale).cancel}
            </a>
        </div>
    }
}

#[expect(clippy::too_many_arguments, reason = "the frame of a field takes what its four kinds have in common")]
fn frame(
    locale: Locale,
    name: &'static str,
    label: &'static str,
    error: Option<Code>,
    required: bool,
    hint: Option<&'static str>,
    wide: bool,
    control: impl FnOnce(Option<String>) -> AnyView,
) -> impl IntoView {
    let hint_id = hint.map(|_| format!("{name}-hint"));
    let error_id = error.map(|_| format!("{name}-error"));
    let described: Vec<String> = [hint_id.clone(), error_id.clone()].into_iter().flatten().collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    view! {
        <div class="field" class:field--error=error.is_some() class:field--wide=wide>
            <label class="field__label" for=name>
                {label}
                {required.then(|| view! { <span class="field__required" title=words(locale).required>"*"</span> })}
            </label>
            {control(described)}
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            {error.map(|code| view! { <p class="field__error" id=error_id>{text::problem(locale, code)}</p> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_a_text_area() {
        let safe = escaped("</textarea><script>alert(1)</script>&amp;");
        assert_eq!(safe, "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;");
    }

    #[test]
    fn a_first_empty_line_is_kept() {
        assert_eq!(escaped("\nnext"), "\n\nnext");
        assert_eq!(escaped("\r\nnext"), "\n\r\nnext");
    }
}
