//! 新建线索: the form, and what is said when an open lead of the same company and contact exists.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Code, Error, Result},
    leads::{self, LeadFields},
};

use super::{choices, text};
use crate::{
    form::{self, PageForm, Params, Posted, Saved},
    islands::SendOnce,
    paths,
    text::words,
    ui::{Field, FormShell, Hydration, PageHead, Select, SubmitBar, TextArea, Tick, page},
    visit::Visit,
};

/// The fields of a new lead.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewLeadForm {
    once: String,
    company: String,
    contact: String,
    phone: String,
    email: String,
    title: String,
    industry: String,
    region: String,
    campaign: String,
    source: String,
    need: String,
    products: Vec<String>,
    follower: String,
}

impl NewLeadForm {
    fn fields(&self) -> LeadFields {
        let form = self.clone();
        LeadFields {
            company: form.company,
            contact: form.contact,
            phone: form.phone,
            email: form.email,
            title: form.title,
            industry: form.industry,
            region: form.region,
            campaign: form.campaign,
            source: form.source,
            need: form.need,
            products: form.products,
            follower: form.follower,
        }
    }
}

impl PageForm for NewLeadForm {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        ctx.require(Action::CreateLead).await?;
        let mut new = self.fields().check().map_err(Error::Invalid)?;
        let viewer = ctx.viewer();
        if !viewer.can(Action::DispatchLead) {
            // An operator's own lead is its own to follow; it hands out no others.
            new.follower = (viewer.can(Action::FollowLead) && !viewer.telesales).then_some(viewer.member);
        }
        let id = leads::create(&ctx, &new, form::token_of(&self.once)?).await?;
        Ok(Saved::telling(paths::lead(id), "lead-created"))
    }
}

/// The page of the form.
#[component]
pub fn NewLeadPage() -> impl IntoView {
    let (visit, posted) = (Visit::current(), Posted::<NewLeadForm>::take());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let (mut form, error) = posted;
        if error.is_none() && form.source.is_empty() {
            form.source = leads::Source::Own.to_string();
        }
        let ctx = visit.ctx()?;
        ctx.require(Action::CreateLead).await?;
        let followers = match ctx.viewer().can(Action::DispatchLead) {
            true => Some(choices::followers(&ctx, visit.locale).await?),
            false => None,
        };
        let is_duplicate = form::problems(error.as_ref()).iter().any(|problem| problem.code == Code::Duplicate);
        let duplicate = match form.fields().check() {
            Ok(new) if is_duplicate => leads::duplicate_of(&ctx, &new).await?,
            _ => None,
        };
        let plan_2 = ctx.viewer().marketing_plan_2;
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let problem = form::beside(&error);
        let labels = vec![
            ("company", t.company),
            ("contact", t.contact),
            ("phone", t.phone),
            ("email", t.email),
            ("title", t.job_title),
            ("industry", t.industry),
            ("region", t.region),
            ("campaign", t.campaign),
            ("source", t.source),
            ("need", t.need),
            ("products", t.products),
            ("follower", t.follower),
        ];
        Ok(view! {
            <PageHead
                locale
                title=t.new
                crumbs=vec![(shell.sales, None), (shell.develop, None), (t.title, Some(paths::LEADS.to_owned()))]
            />
            {plan_2.then(|| view! { <p class="flash flash--info">{t.plan_2_hint}</p> })}
            {duplicate.map(|id| view! { <p class="flash flash--warn"><a href=paths::lead(id)>{t.see_duplicate}</a></p> })}
            <SendOnce word=shell.saving.to_owned()>
                <FormShell locale action=paths::NEW_LEAD.to_owned() error=error.clone() labels class="form--grid">
                    <Field locale name="company" label=t.company value=form.company error=problem("company") required=true autocomplete="off" />
                    <Field locale name="contact" label=t.contact value=form.contact error=problem("contact") required=true autocomplete="off" />
                    <Field locale name="phone" label=t.phone value=form.phone error=problem("phone") kind="tel" hint=t.phone_hint autocomplete="off" />
                    <Field locale name="email" label=t.email value=form.email error=problem("email") autocomplete="off" />
                    <Field locale name="title" label=t.job_title value=form.title error=problem("title") autocomplete="off" />
                    <Select locale name="source" label=t.source value=form.source choices=choices::sources(locale) error=problem("source") required=true />
                    <Select locale name="industry" label=t.industry value=form.industry choices=choices::industries(locale) error=problem("industry") blank=shell.please_choose />
                    <Select locale name="region" label=t.region value=form.region choices=choices::regions(locale) error=problem("region") blank=shell.please_choose />
                    <Field locale name="campaign" label=t.campaign value=form.campaign error=problem("campaign") autocomplete="off" />
                    {followers
                        .map(|choices| {
                            view! { <Select locale name="follower" label=t.follower value=form.follower choices error=problem("follower") blank=t.no_follower /> }
                        })}
                    <Tick locale name="products" label=t.products chosen=form.products choices=choices::products(locale) error=problem("products") />
                    <TextArea locale name="need" label=t.need value=form.need error=problem("need") />
                    <SubmitBar locale word=t.submit back=paths::LEADS.to_owned() />
                </FormShell>
            </SendOnce>
            <Hydration />
        })
    })
}
