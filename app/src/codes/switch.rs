//! 操作验证码: the switch, and what it covers.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    codes::{self, Sensitive},
    error::{Error, Result},
};

use super::{CodeDialog, text};
use crate::{
    form::{self, PageForm, Params, Posted, Saved},
    islands::SendOnce,
    paths,
    text::words,
    ui::{Badge, Flash, FormShell, Hydration, PageHead, TableFrame, Tone, page},
    visit::Visit,
};

/// Turns the switch on or off.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SwitchForm {
    once: String,
    wanted: String,
    code: String,
    code_by: String,
}

impl PageForm for SwitchForm {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let (on, flash) = match self.wanted.as_str() {
            "on" => (true, "verification-on"),
            "off" => (false, "verification-off"),
            _ => return Err(Error::Malformed),
        };
        let typed = form::typed(&self.once, &self.code, &self.code_by)?;
        codes::set(&visit.ctx()?, on, typed).await?;
        Ok(Saved::telling(paths::VERIFICATION, flash))
    }

    fn carried(&self) -> Vec<(&'static str, String)> {
        vec![("wanted", self.wanted.clone())]
    }

    fn kept(self) -> Self {
        SwitchForm { wanted: self.wanted, ..SwitchForm::default() }
    }
}

/// The page of the switch.
#[component]
pub fn VerificationPage() -> impl IntoView {
    let (visit, posted) = (Visit::current(), Posted::<SwitchForm>::take());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let ctx = visit.ctx()?;
        ctx.require(Action::SwitchVerification).await?;
        let is_on = codes::is_on(&ctx).await?;
        let (form, error) = posted;
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let needed = form::code_needed(error.as_ref());
        let error = error.filter(|_| needed.is_none());
        let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
        let (tone, state) = if is_on { (Tone::Green, t.on) } else { (Tone::Grey, t.off) };
        let (wanted, word, class) = match is_on {
            true => ("off", t.turn_off, "button"),
            false => ("on", t.turn_on, "button button--primary"),
        };
        let kind = ctx.viewer().tenant_kind;
        let rows = Sensitive::of(kind).into_iter().map(|operation| {
            let (tone, effect) = match (operation.is_here(), operation.is_always(kind), is_on) {
                (true, true, _) | (true, false, true) => (Tone::Green, t.in_effect),
                (true, false, false) => (Tone::Grey, t.when_on),
                (false, true, _) => (Tone::Grey, t.always),
                (false, false, _) => (Tone::Grey, t.to_come),
            };
            view! {
                <tr>
                    <td class="is-long">{text::operation(locale, operation)}</td>
                    <td>
                        <Badge tone word=effect />
                    </td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let head = view! {
            <tr>
                <th scope="col">{t.operation}</th>
                <th scope="col">{t.effect}</th>
            </tr>
        };
        let dialog = needed.map(|needed| {
            let (visit, kept, back) = (visit.clone(), form.carried(), paths::VERIFICATION.to_owned());
            view! { <CodeDialog visit needed action=paths::VERIFICATION.to_owned() kept back /> }
        });
        Ok(view! {
            <PageHead locale title=t.title crumbs=vec![(shell.home, Some(paths::HOME.to_owned()))] />
            <Flash word=flash />
            <section class="card">
                <p>{t.intro}</p>
                <dl class="facts">
                    <div>
                        <dt>{t.state}</dt>
                        <dd>
                            <Badge tone word=state />
                        </dd>
                    </div>
                </dl>
                <SendOnce word=shell.saving.to_owned()>
                    <FormShell locale action=paths::VERIFICATION.to_owned() error labels=vec![("wanted", t.state)]>
                        <input type="hidden" name="wanted" value=wanted />
                        <div class="form__buttons">
                            <button class=class type="submit" id="wanted">
                                {word}
                            </button>
                        </div>
                    </FormShell>
                </SendOnce>
            </section>
            <h2>{t.covered}</h2>
            <TableFrame caption=t.covered head=head.into_any()>
                {rows}
            </TableFrame>
            <Hydration />
            {dialog}
        })
    })
}
