//! 发展客户: the dialog over a lead's page that makes a pre-registration of it. What the lead has is carried over as it
//! is, masked here and never typed again; what marketing plan 2.0 keeps cannot be changed either.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Error, Refusal, Result},
    ids::LeadId,
    leads::Step,
    preregistrations::{self, Carried, ProspectFields},
};

use super::text;
use crate::{
    form::{self, PageForm, Params, Posted, Saved, id_of},
    islands::SendOnce,
    leads::{
        detail::{LeadView, lead_id},
        place,
        steps::{back_to, sent, taking},
        text as lead_text,
    },
    paths,
    text::words,
    ui::{Choice, Dialog, Field, FormShell, Select, SubmitBar, TextArea, fact, page},
    visit::Visit,
};

/// The fields of the dialog.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DevelopStep {
    once: String,
    seen: String,
    company: String,
    contact: String,
    mobile: String,
    email: String,
    invite: String,
    remark: String,
}

impl DevelopStep {
    fn fields(&self) -> ProspectFields {
        let form = self.clone();
        ProspectFields {
            company: form.company,
            contact: form.contact,
            mobile: form.mobile,
            email: form.email,
            invite: form.invite,
            remark: form.remark,
        }
    }
}

impl PageForm for DevelopStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let id: LeadId = id_of(params)?;
        let ctx = visit.ctx()?;
        ctx.require(Action::DevelopLead).await?;
        let new = self.fields().check().map_err(Error::Invalid)?;
        preregistrations::develop(&ctx, id, new, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(back_to(visit, id)?, "lead-developed"))
    }
}

/// The page of the dialog.
#[component]
pub fn DevelopStepPage() -> impl IntoView {
    let (visit, id) = (Visit::current(), lead_id());
    let (form, error) = Posted::<DevelopStep>::take();
    page(async move {
        let opened = taking(Step::Develop, visit, id, error.as_ref()).await?;
        let (visit, lead) = (opened.visit.clone(), &opened.lead);
        let ctx = visit.ctx()?;
        let carried = preregistrations::carried_by(&ctx, lead.row.id).await?;
        let seen = partner_center::leads::seen::mark(&ctx, lead);
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let suffix = place::suffix(opened.place.as_ref());
        let back = format!("{}{suffix}", paths::lead(lead.row.id));
        let action = format!("{}{suffix}", paths::lead_step(lead.row.id, &Step::Develop.to_string()));
        let of_lead = lead_text::words(locale);
        let row = &lead.row;
        let known = view! {
            <h3>{t.carried}</h3>
            <dl class="facts">
                {fact(of_lead.company, row.company.text().to_owned())}
                {fact(of_lead.contact, row.contact.text().to_owned())}
                {fact(of_lead.phone, row.phone.text().to_owned())}
                {fact(of_lead.email, row.email.text().to_owned())}
            </dl>
        };
        let sealed = carried.sealed.then_some(t.sealed_hint);
        let ours = match &error {
            Some(Error::Conflict(Refusal::Preregistered)) => {
                preregistrations::held_by_us(&ctx, row.id, &form.fields().check().map_err(Error::Invalid)?).await?
            }
            _ => None,
        };
        let ours = ours.map(|(id, number)| {
            view! {
                <p class="flash flash--info">
                    <span>{t.ours} " " <a href=paths::prospect(id)>{preregistrations::display_number(number)}</a></span>
                </p>
            }
        });
        let (labels, fields) = fields(&visit, form, &error, carried);
        Ok(view! {
            <LeadView opened />
            <Dialog locale title=lead_text::step(locale, Step::Develop) back=back.clone()>
                <div class="dialog__body">
                    {known} <p class="muted">{sealed} " " {t.carried_hint}</p> {ours} <SendOnce word=shell.saving.to_owned()>
                        <FormShell locale action error labels>
                            <input type="hidden" name="seen" value=seen />
                            {fields}
                            <SubmitBar locale word=t.submit back />
                        </FormShell>
                    </SendOnce>
                </div>
            </Dialog>
        })
    })
}

/// The fields that may be filled in, and the names of all.
fn fields(
    visit: &Visit,
    form: DevelopStep,
    error: &Option<Error>,
    carried: Carried,
) -> (Vec<(&'static str, &'static str)>, AnyView) {
    let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
    let problem = form::beside(error);
    let labels = vec![
        ("company", t.company),
        ("contact", t.contact),
        ("mobile", t.mobile),
        ("email", t.email),
        ("invite", t.invite),
        ("remark", t.remark),
    ];
    let choices = vec![Choice::new("no", t.invite_no), Choice::new("yes", t.invite_yes)];
    let mobile = (!(carried.sealed && carried.mobile)).then(|| {
        view! { <Field locale name="mobile" label=t.mobile value=form.mobile error=problem("mobile") kind="tel" autocomplete="off" /> }
    });
    let email = (!(carried.sealed && carried.email)).then(|| {
        view! { <Field locale name="email" label=t.email value=form.email error=problem("email") autocomplete="off" /> }
    });
    let fields = view! {
        <Field locale name="company" label=t.company value=form.company error=problem("company") autocomplete="off" autofocus=true />
        <Field locale name="contact" label=t.contact value=form.contact error=problem("contact") autocomplete="off" />
        {mobile}
        {email}
        <Select locale name="invite" label=t.invite value=form.invite choices error=problem("invite") blank=shell.please_choose required=true hint=t.invite_hint />
        <TextArea locale name="remark" label=t.remark value=form.remark error=problem("remark") rows=2 />
    };
    (labels, fields.into_any())
}
