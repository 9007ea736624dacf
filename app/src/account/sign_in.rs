//! 登录: tenant, account, password. Unknown names, disabled members and wrong passwords get the same answer.

use leptos::prelude::*;
use partner_center::{
    error::{Code, Error, Problem, Result},
    people::gate::{self, Credentials},
};

use super::text;
use crate::{
    form::{self, PageForm, Params, Posted, Saved, lasting_cookie},
    layout::Switches,
    paths,
    text::words,
    ui::{Field, FormShell, page},
    visit::Visit,
};

/// The fields of the form.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignIn {
    once: String,
    tenant: String,
    account: String,
    password: String,
    next: String,
}

impl PageForm for SignIn {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let fields = [("tenant", &self.tenant), ("account", &self.account), ("password", &self.password)];
        let missing = fields.iter().filter(|(_, value)| value.trim().is_empty());
        let missing: Vec<Problem> = missing.map(|(field, _)| Problem::new(field, Code::Required)).collect();
        if !missing.is_empty() {
            return Err(Error::Invalid(missing));
        }
        let typed = Credentials { tenant: &self.tenant, account: &self.account, password: &self.password };
        let browser = visit.browser.as_deref();
        let admission = gate::sign_in(&visit.store, &visit.hasher, typed, browser, &visit.origin, visit.now).await?;
        visit.begin_session(admission.ticket).await?;
        let next = if paths::is_local(&self.next) { self.next.as_str() } else { paths::HOME };
        let cookie = Some(lasting_cookie(visit, "pc_browser", &admission.browser));
        Ok(Saved { cookie, ..Saved::at(next) })
    }

    fn kept(self) -> Self {
        SignIn { password: String::new(), once: String::new(), ..self }
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Address {
    next: String,
}

/// The page of the form.
#[component]
pub fn SignInPage() -> impl IntoView {
    let (visit, posted) = (Visit::current(), Posted::<SignIn>::take());
    let address: Result<Address> = crate::query::read();
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let (form, error) = posted;
        let next = if form.next.is_empty() { address?.next } else { form.next.clone() };
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let problem = form::beside(&error);
        let labels = vec![("tenant", t.tenant), ("account", t.account), ("password", t.password)];
        let wrong_account = form.tenant.is_empty();
        Ok(view! {
            <leptos_meta::Title text=t.sign_in />
            <main class="sign-in" id="main">
                <section class="sign-in__card">
                    <p class="sign-in__brand">
                        <img src="/logo.svg" alt="" width="32" height="32" />
                        {shell.product}
                    </p>
                    <h1>{t.welcome}</h1>
                    {visit.demo.then(|| view! { <p class="flash flash--info">{t.demo}</p> })}
                    <FormShell locale action=paths::SIGN_IN.to_owned() error=error.clone() labels>
                        <input type="hidden" name="next" value=next />
                        <Field locale name="tenant" label=t.tenant value=form.tenant error=problem("tenant") required=true autocomplete="organization" autofocus=wrong_account />
                        <Field locale name="account" label=t.account value=form.account error=problem("account") required=true autocomplete="username" />
                        <Field locale name="password" label=t.password value="" error=problem("password") kind="password" required=true autocomplete="current-password" autofocus=!wrong_account />
                        <div class="form__buttons">
                            <button class="button button--primary" type="submit">
                                {t.sign_in}
                            </button>
                        </div>
                    </FormShell>
                </section>
                <div class="sign-in__aside">
                    <h2>{t.promise_title}</h2>
                    <ul>{t.promises.into_iter().map(|promise| view! { <li>{promise}</li> }).collect_view()}</ul>
                </div>
                <footer class="sign-in__foot">
                    <Switches visit />
                </footer>
            </main>
        })
    })
}

/// 退出登录, here or everywhere.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignOut {
    everywhere: String,
}

impl PageForm for SignOut {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        if let Ok(ctx) = visit.ctx() {
            gate::sign_out(&ctx, !self.everywhere.is_empty()).await?;
        }
        visit.end_session().await?;
        Ok(Saved::at(paths::SIGN_IN))
    }
}
