//! The frame around every page: menu, account, bell, language, colours, notice.

use leptos::prelude::*;
use partner_center::{
    access::{Action, PartnerState},
    exports,
    people::{SignedIn, Site},
    preferences::Preference,
};

use crate::{
    account::text::words as account_words,
    codes::text::words as codes_words,
    messages::text::words as messages_words,
    paths,
    text::{Locale, Words, words},
    ui::Icon,
    visit::{Theme, Visit},
};

/// The frame, with the page inside it.
#[component]
pub fn Layout(children: Children) -> impl IntoView {
    let visit = Visit::current();
    let locale = visit.as_ref().map_or(Locale::default(), |visit| visit.locale);
    let t = words(locale);
    let body = children();
    let Some((visit, signed_in)) = visit.and_then(|visit| visit.signed_in.clone().map(|member| (visit, member))) else {
        return body.into_any();
    };
    if signed_in.must_change_password {
        // Nothing else can be done yet, so nothing else is offered.
        return body.into_any();
    }
    view! {
        <a class="skip" href="#main">
            {t.skip}
        </a>
        <Notice visit=visit.clone() signed_in=signed_in.clone() />
        <StateBar locale signed_in=signed_in.clone() />
        <header class="topbar">
            <a class="topbar__brand" href=paths::HOME>
                <img src="/logo.svg" alt="" width="24" height="24" />
                <span>{t.product}</span>
            </a>
            <Menu t signed_in=signed_in.clone() current=visit.address.clone() />
            <div class="topbar__tools">
                <Bell visit=visit.clone() unread=signed_in.unread />
                <Switches visit=visit.clone() />
                <Account t visit=visit.clone() signed_in=signed_in.clone() />
            </div>
        </header>
        <main id="main" class="page" tabindex="-1">
            {body}
        </main>
    }
    .into_any()
}

#[component]
fn Menu(t: &'static Words, signed_in: std::sync::Arc<SignedIn>, current: String) -> impl IntoView {
    let path = current.split('?').next().unwrap_or_default().to_owned();
    let is_current =
        move |href: &str| (path == href || href != "/" && path.starts_with(&format!("{href}/"))).then_some("page");
    let can = |action| signed_in.viewer.can(action);
    let develop: Vec<(&str, &str)> =
        [(Action::ViewLeads, paths::LEADS, t.leads), (Action::DispatchLead, paths::LEAD_DISPATCH, t.dispatch)]
            .into_iter()
            .filter(|(action, ..)| can(*action))
            .map(|(_, href, word)| (href, word))
            .collect();
    let organisation = can(Action::ManageMembers);
    let audit = can(Action::ViewAudit);
    let link = move |class: &'static str, href: &'static str, word: &'static str| {
        view! {
            <a class=class href=href aria-current=is_current(href)>
                {word}
            </a>
        }
    };
    let group = (!develop.is_empty()).then(|| {
        let link = link.clone();
        view! {
            <li>
                <details class="menu__group" name="bar">
                    <summary>{t.sales}</summary>
                    <div class="menu__panel">
                        <section class="menu__section">
                            <h2>{t.develop}</h2>
                            <ul>{develop.into_iter().map(|(href, word)| view! { <li>{link("", href, word)}</li> }).collect_view()}</ul>
                        </section>
                    </div>
                </details>
            </li>
        }
    });
    let organisation = organisation.then(|| {
        let pages = [(paths::MEMBERS, t.members), (paths::ROLES, t.roles)];
        let link = link.clone();
        view! {
            <li>
                <details class="menu__group" name="bar">
                    <summary>{t.organisation}</summary>
                    <div class="menu__panel">
                        <section class="menu__section">
                            <ul>{pages.into_iter().map(|(href, word)| view! { <li>{link("", href, word)}</li> }).collect_view()}</ul>
                        </section>
                    </div>
                </details>
            </li>
        }
    });
    let menu_link = move |href: &'static str, word: &'static str| view! { <li>{link("menu__link", href, word)}</li> };
    view! {
        <nav class="menu" aria-label=t.main_menu>
            <ul>
                {menu_link(paths::HOME, t.home)} {group} {organisation}
                {audit.then(|| menu_link(paths::AUDIT, t.audit))}
            </ul>
        </nav>
    }
}

#[component]
fn Bell(visit: Visit, unread: u64) -> impl IntoView {
    let t = words(visit.locale);
    let count = if unread > 99 { "99+".to_owned() } else { unread.to_string() };
    let label = format!("{} ({}: {count})", t.messages, t.unread);
    view! {
        <a class="bell" href=paths::MESSAGES aria-label=label>
            <Icon name="bell" />
            {(unread > 0).then(|| view! { <span class="bell__count">{count}</span> })}
        </a>
    }
}

/// What the vendor has stopped for this company, on every page of its members.
#[component]
fn StateBar(locale: Locale, signed_in: std::sync::Arc<SignedIn>) -> impl IntoView {
    let (state, stopped) = match signed_in.viewer.state {
        PartnerState::Normal => return None,
        PartnerState::Restricted => (
            locale.pick("公司账号受限", "Your company is restricted"),
            locale.pick(
                "代售客户暂不能消费，也不能向其拨款。",
                "Resale customers cannot spend for now, and nothing can be allocated to them.",
            ),
        ),
        PartnerState::Frozen => (
            locale.pick("公司账号已冻结", "Your company is frozen"),
            locale.pick(
                "客户及其资源已冻结，暂不能报备、邀请、创建客户或解除关联。",
                "Customers and their resources are frozen; none can be pre-registered, invited, created or disassociated.",
            ),
        ),
    };
    let reason = Some(signed_in.state_reason.clone()).filter(|reason| !reason.is_empty());
    let reason = reason.map(|reason| view! { " " {locale.pick("原因：", "Reason: ")} <bdi>{reason}</bdi> });
    Some(view! {
        <aside class="notice notice--stop" aria-label=state>
            <p>
                <strong>{state}</strong>
                {locale.pick("：", ": ")}
                {stopped}
                {reason}
            </p>
        </aside>
    })
}

/// The switches of language and colours; they work before sign-in too.
#[component]
pub fn Switches(visit: Visit) -> impl IntoView {
    let t = words(visit.locale);
    let other = visit.locale.pick(Locale::English, Locale::Chinese);
    let (theme, word) = match visit.theme {
        Theme::Auto => (Theme::Light, t.theme_light),
        Theme::Light => (Theme::Dark, t.theme_dark),
        Theme::Dark => (Theme::Auto, t.theme_auto),
    };
    view! {
        <form class="switch" method="post" action=paths::LANGUAGE>
            <input type="hidden" name="back" value=visit.address.clone() />
            <button class="switch__button" name="tag" value=other.tag() lang=other.tag()>
                {t.other_language}
            </button>
        </form>
        <form class="switch" method="post" action=paths::THEME>
            <input type="hidden" name="back" value=visit.address />
            <button class="switch__button" name="theme" value=theme.to_string()>
                {word}
            </button>
        </form>
    }
}

#[component]
fn Account(t: &'static Words, visit: Visit, signed_in: std::sync::Arc<SignedIn>) -> impl IntoView {
    let roles = signed_in.viewer.roles.iter().map(|role| account_words(visit.locale).role(*role).to_owned());
    let roles: Vec<String> = roles.chain(signed_in.custom_roles.iter().cloned()).collect();
    let switches = signed_in.viewer.can(Action::SwitchVerification);
    view! {
        <details class="account" name="bar">
            <summary aria-label=format!("{}: {}", t.account_menu, signed_in.account)>
                <span class="account__name">{signed_in.name.clone()}</span>
            </summary>
            <div class="account__panel">
                <div class="account__head">
                    <strong>{signed_in.name.clone()}</strong>
                    <span class="muted">{format!("{} · {}", signed_in.tenant_title, signed_in.account)}</span>
                    <span class="muted">{roles.join(visit.locale.pick("、", ", "))}</span>
                </div>
                <ul>
                    <li>
                        <a href=paths::HOME>{t.partner_center}</a>
                    </li>
                    <li>
                        <a href=paths::PROFILE>{t.profile}</a>
                    </li>
                    <li>
                        <a href=paths::ACCESS>{t.access}</a>
                    </li>
                    <li>
                        <a href=paths::CHANGE_PASSWORD>{t.change_password}</a>
                    </li>
                    {exports::any(&signed_in.viewer).then(|| view! { <li><a href=paths::EXPORTS>{t.exports}</a></li> })}
                    {signed_in.viewer.can(Action::ViewJobs).then(|| view! { <li><a href=paths::JOBS>{t.jobs}</a></li> })}
                    <li>
                        <a href=paths::KEYBOARD>{t.keyboard}</a>
                    </li>
                    <li>
                        <a href=paths::MESSAGE_SETTINGS>{messages_words(visit.locale).settings}</a>
                    </li>
                    {switches
                        .then(|| {
                            view! {
                                <li>
                                    <a href=paths::VERIFICATION>{codes_words(visit.locale).title}</a>
                                </li>
                            }
                        })}
                    {visit
                        .demo
                        .then(|| {
                            view! {
                                <li>
                                    <a href=paths::DEMO_OUTBOX>{messages_words(visit.locale).demo_title}</a>
                                </li>
                            }
                        })}
                    <li>
                        <form method="post" action=paths::SIGN_OUT>
                            <button class="button button--text" name="everywhere" value="">
                                {t.sign_out}
                            </button>
                        </form>
                    </li>
                    <li>
                        <form method="post" action=paths::SIGN_OUT>
                            <button class="button button--text" name="everywhere" value="yes">
                                {t.sign_out_everywhere}
                            </button>
                        </form>
                    </li>
                </ul>
            </div>
        </details>
    }
}

/// The notice for accounts of the international site, until the member hides it for good.
#[component]
fn Notice(visit: Visit, signed_in: std::sync::Arc<SignedIn>) -> impl IntoView {
    let t = words(visit.locale);
    let back = visit.address.clone();
    let wanted = signed_in.site != Site::China && visit.preference(Preference::IntlNotice).is_none();
    wanted.then(|| {
        view! {
            <aside class="notice" aria-label=t.notice_name>
                <p>
                    {t.notice} " "
                    <a href=t.notice_site target="_blank" rel="noopener noreferrer">
                        {t.notice_site}
                        <span class="visually-hidden">{t.notice_link}</span>
                    </a>
                </p>
                <form class="notice__dismiss" method="post" action=paths::DISMISS_NOTICE>
                    <input type="hidden" name="back" value=back />
                    <button class="button button--text">{t.notice_dismiss}</button>
                </form>
            </aside>
        }
    })
}
