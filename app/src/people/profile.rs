//! 伙伴信息 > 基本信息: one's company, one's own data, language and time zone, and one's sessions.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Error, Result},
    people::{self, Field as Column, PersonFields, Profile, sessions::SessionRow},
};

use super::{
    detail::masked_fact,
    sessions,
    steps::{keeping, sent},
    text,
    words::words,
};
use crate::{
    account::text::words as account_words,
    codes, eye,
    eyes::{Eyes, Thing},
    form::{self, PageForm, Params, Posted, Saved, lasting_cookie},
    islands::SendOnce,
    paths,
    text::{Locale, Zone, words as shell_words},
    ui::{Choice, Dialog, Field, Flash, FormShell, Hydration, PageHead, Select, SubmitBar, fact, page},
    visit::Visit,
};

/// Changes one's own data.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EditProfile {
    once: String,
    seen: String,
    name: String,
    phone: String,
    email: String,
    current: String,
}

impl PageForm for EditProfile {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        let form = self.clone();
        let fields = PersonFields { account: String::new(), name: form.name, phone: form.phone, email: form.email };
        let person = fields.check().map_err(Error::Invalid)?;
        people::edit_own(&ctx, &visit.hasher, &person, &self.current, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(paths::PROFILE, "profile-edited"))
    }
}

/// Chooses the language and the time zone, for every machine.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    language: String,
    zone: String,
}

impl PageForm for Choices {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let known = self.language.is_empty() || Locale::of_tag(&self.language).is_some();
        if !known || !(self.zone.is_empty() || Zone::of_name(&self.zone).is_some()) {
            return Err(Error::Malformed);
        }
        people::choose(&visit.ctx()?, &self.language, &self.zone).await?;
        // The sign-in page, which knows nobody, speaks it too.
        let cookie = Locale::of_tag(&self.language).map(|locale| lasting_cookie(visit, "pc_locale", locale.tag()));
        Ok(Saved { cookie, ..Saved::telling(paths::PROFILE, "choices-saved") })
    }
}

struct Loaded {
    visit: Visit,
    profile: Profile,
    sessions: Vec<SessionRow>,
}

/// The page.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let visit = Visit::current();
    page(async move { Ok(view(load(visit).await?)) })
}

async fn load(visit: Option<Visit>) -> Result<Loaded> {
    let visit = visit.ok_or(Error::Internal)?;
    let ctx = visit.ctx()?;
    let open: Vec<Column> = visit.open_fields().await;
    let profile = match people::profile(&ctx, &open).await {
        Err(error @ Error::TooMany { .. }) => {
            visit.close_all().await?;
            return Err(error);
        }
        profile => profile?,
    };
    if !open.is_empty() {
        eye::shows_clear_values();
    }
    let sessions = people::sessions::list(&ctx, visit.session.id().map(|id| id.0)).await?;
    Ok(Loaded { visit, profile, sessions })
}

fn view(loaded: Loaded) -> impl IntoView {
    let Loaded { visit, profile, sessions } = loaded;
    let locale = visit.locale;
    let (t, shell) = (words(locale), shell_words(locale));
    let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
    let (company, personal) = (company(locale, &profile), personal(&visit, &profile));
    let choices = choices(locale, &profile);
    let sessions = sessions::table(&visit, sessions);
    let switches_codes = visit.ctx().is_ok_and(|ctx| ctx.viewer().can(Action::SwitchVerification));
    view! {
        <PageHead locale title=t.profile_title crumbs=vec![(shell.profile, None)]>
            {switches_codes
                .then(|| {
                    view! {
                        <a class="button" href=paths::VERIFICATION>
                            {codes::text::words(locale).title}
                        </a>
                    }
                })}
            <a class="button" href=paths::CHANGE_PASSWORD>
                {shell.change_password}
            </a>
            <a class="button button--primary" href=paths::EDIT_PROFILE>
                {t.edit_own}
            </a>
        </PageHead>
        <Flash word=flash />
        {company}
        <Eyes thing=Thing::Member shown=shell.shown_announcement.to_owned() hidden=shell.hidden_announcement.to_owned()>
            {personal}
        </Eyes>
        {choices}
        {sessions}
        <Hydration />
    }
}

fn company(locale: Locale, profile: &Profile) -> impl IntoView + use<> {
    let t = words(locale);
    let plans = if profile.marketing_plan_2 { t.plan_2 } else { t.no_plans };
    view! {
        <section class="card">
            <h2 class="card__title">{t.company}</h2>
            <dl class="facts">
                {fact(t.company_title, profile.tenant_title.clone())} {fact(t.tenant, profile.tenant_name.clone())}
                {fact(t.kind, text::kind(locale, profile.tenant_kind).to_owned())} {fact(t.plans, plans.to_owned())}
                {profile.distributor.clone().map(|distributor| fact(t.distributor, distributor))}
            </dl>
        </section>
    }
}

fn personal(visit: &Visit, profile: &Profile) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = words(locale);
    let member = &profile.member;
    let supervisor = member.supervisor.as_ref().map(|(_, name)| name.clone());
    view! {
        <section class="card">
            <h2 class="card__title">{t.personal}</h2>
            <dl class="facts">
                {fact(t.account, member.account.clone())} {fact(t.name, member.name.clone())}
                {masked_fact(visit, member, Column::Phone)} {masked_fact(visit, member, Column::Email)}
                {fact(t.roles, text::held(locale, &member.roles))} {fact(t.supervisor, supervisor)}
            </dl>
            <p>
                <a href=paths::ACCESS>{t.why_own}</a>
            </p>
        </section>
    }
}

fn choices(locale: Locale, profile: &Profile) -> impl IntoView + use<> {
    let t = words(locale);
    let languages = [Locale::Chinese, Locale::English].map(|one| Choice::new(one.tag(), one.pick("中文", "English")));
    let zones = Zone::all().map(|zone| Choice::new(zone.name(), format!("{} ({})", zone.word(locale), zone.name())));
    view! {
        <section class="card">
            <h2 class="card__title">{t.choices}</h2>
            <form class="form form--grid" method="post" action=paths::PROFILE_CHOICES>
                <Select locale name="language" label=t.language value=profile.language.clone() choices=languages.to_vec() error=None blank=t.language_blank hint=t.language_hint />
                <Select locale name="zone" label=t.zone value=profile.zone.clone() choices=zones.collect() error=None blank=t.zone_blank hint=t.zone_hint />
                <div class="form__buttons">
                    <button class="button" type="submit">
                        {t.keep_choices}
                    </button>
                </div>
            </form>
        </section>
    }
}

/// One's page with the form of one's own data.
#[component]
pub fn EditProfilePage() -> impl IntoView {
    let (visit, posted) = (Visit::current(), Posted::<EditProfile>::take());
    page(async move {
        let loaded = load(visit).await?;
        let (form, error) = posted;
        let locale = loaded.visit.locale;
        let (t, shell) = (words(locale), shell_words(locale));
        let problem = form::beside(&error);
        let member = loaded.profile.member.clone();
        let name = if error.is_some() { form.name } else { member.name.clone() };
        let current = account_words(locale).old;
        let mut labels = text::labels(locale);
        labels.push(("current", current));
        Ok(view! {
            {view(loaded)}
            <Dialog locale title=t.edit_own back=paths::PROFILE.to_owned()>
                <div class="dialog__body">
                    <SendOnce word=shell.saving.to_owned()>
                        <FormShell locale action=paths::EDIT_PROFILE.to_owned() error labels>
                            <input type="hidden" name="seen" value=member.seen />
                            <Field locale name="name" label=t.name value=name error=problem("name") required=true autofocus=true autocomplete="name" />
                            {keeping(locale, t.phone, &member.phone)}
                            <Field locale name="phone" label=t.new_phone value=form.phone error=problem("phone") kind="tel" hint=t.keep_hint autocomplete="off" />
                            {keeping(locale, t.email, &member.email)}
                            <Field locale name="email" label=t.new_email value=form.email error=problem("email") hint=t.keep_hint autocomplete="off" />
                            <Field locale name="current" label=current value="" error=problem("current") kind="password" hint=t.current_hint autocomplete="current-password" />
                            <SubmitBar locale word=shell.save back=paths::PROFILE.to_owned() />
                        </FormShell>
                    </SendOnce>
                </div>
            </Dialog>
        })
    })
}
