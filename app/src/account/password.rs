//! 修改密码, by choice or because the first sign-in demands it.

use leptos::prelude::*;
use partner_center::{
    error::{Code, Error, Problem, Result},
    people::{gate, hashing::LONGEST},
};

use super::text;
use crate::{
    form::{self, PageForm, Params, Posted, Saved},
    paths,
    text::words,
    ui::{Field, FormShell, PageHead, SubmitBar, page},
    visit::Visit,
};

/// The fields of the form. None of them is ever shown again.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangePassword {
    once: String,
    old: String,
    new: String,
    again: String,
}

impl PageForm for ChangePassword {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        let fields = [("old", &self.old), ("new", &self.new), ("again", &self.again)];
        let problems = fields.iter().filter_map(|(field, value)| match value.len() {
            0 => Some(Problem::new(field, Code::Required)),
            length if length > LONGEST => Some(Problem::new(field, Code::TooLong)),
            _ => None,
        });
        let problems: Vec<Problem> = problems.collect();
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        if self.new != self.again {
            return Err(Problem::alone("again", Code::Mismatch));
        }
        let ticket = gate::change_password(&ctx, &visit.hasher, &self.old, &self.new).await?;
        visit.begin_session(ticket).await?;
        Ok(Saved::telling(paths::HOME, "password-changed"))
    }

    fn kept(self) -> Self {
        ChangePassword::default()
    }
}

/// The page of the form.
#[component]
pub fn ChangePasswordPage() -> impl IntoView {
    let (visit, posted) = (Visit::current(), Posted::<ChangePassword>::take());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let signed_in = visit.signed_in.clone().ok_or(Error::SignedOut)?;
        let (_, error) = posted;
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let problem = form::beside(&error);
        let labels = vec![("old", t.old), ("new", t.new), ("again", t.again)];
        let account = signed_in.account.clone();
        let form = view! {
            <FormShell locale action=paths::CHANGE_PASSWORD.to_owned() error=error.clone() labels>
                <input class="visually-hidden" type="text" autocomplete="username" value=account tabindex="-1" aria-hidden="true" readonly />
                <Field locale name="old" label=t.old value="" error=problem("old") kind="password" required=true autocomplete="current-password" autofocus=true />
                <Field locale name="new" label=t.new value="" error=problem("new") kind="password" required=true autocomplete="new-password" hint=t.rule />
                <Field locale name="again" label=t.again value="" error=problem("again") kind="password" required=true autocomplete="new-password" />
                <SubmitBar locale word=shell.confirm back=paths::HOME.to_owned() />
            </FormShell>
        };
        if signed_in.must_change_password {
            return Ok(view! {
                <leptos_meta::Title text=t.change_title />
                <main class="sign-in" id="main">
                    <section class="sign-in__card">
                        <h1>{t.change_title}</h1>
                        <p class="flash flash--info">{t.must_change}</p>
                        {form}
                        <form method="post" action=paths::SIGN_OUT>
                            <button class="button button--text">{shell.sign_out}</button>
                        </form>
                    </section>
                </main>
            }
            .into_any());
        }
        Ok(view! {
            <PageHead locale title=t.change_title crumbs=vec![(shell.home, Some(paths::HOME.to_owned()))] />
            {form}
        }
        .into_any())
    })
}
