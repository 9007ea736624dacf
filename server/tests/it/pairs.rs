//! Every kind of change beside every other, on two servers at once: whatever they share, both end, and neither is given up
//! as a deadlock. What they lock, and in which order, is written at the head of `src/ctx/change.rs`.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use partner_center::{
    access::{Role, TenantKind},
    audit::{Verdict, verify},
    error::{Error, Result},
    ids::{MemberId, TenantId},
    leads,
    people::admin::{self, NewTenant},
    preregistrations,
};

use crate::{
    calls::support::Scene,
    leads::eye::reveal,
    support::{Client, Lead, is_postgres, rounds},
};

/// The kinds of change, by what they lock.
const KINDS: [&str; 21] = [
    "enter", "dispatch", "follow", "return", "develop", "mute", "call", "reveal", "search", "view", "export",
    "profile", "choices", "member", "contacts", "receiver", "rules", "read", "operator", "tenant", "jobs",
];

struct Stage {
    scene: Scene,
    servers: [axum::Router; 2],
    xinghe: TenantId,
    yunfan: TenantId,
    ma: MemberId,
    next: AtomicUsize,
}

impl Stage {
    async fn new() -> Stage {
        let scene = Scene::new().await;
        let servers = [scene.app.server.clone(), scene.app.second_server().await];
        let xinghe = admin::tenant_named(&scene.app.store, "xinghe").await.unwrap().0;
        let yunfan = admin::tenant_named(&scene.app.store, "yunfan").await.unwrap().0;
        let ma = MemberId(scene.app.member("xinghe/ma").await);
        Stage { scene, servers, xinghe, yunfan, ma, next: AtomicUsize::new(0) }
    }

    /// A number that nothing else in the test has.
    fn fresh(&self) -> usize {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    fn phone(&self) -> String {
        format!("1396{:07}", self.fresh())
    }

    /// A lead that ma follows, as nobody has touched it, and no limit reached.
    async fn set(&self) -> Lead {
        let app = &self.scene.app;
        app.clock.advance(61);
        for sql in [
            "UPDATE calls SET ended_at = 1, outcome_at = 1, state = 'ended', result = 'cancelled'",
            "UPDATE exports SET state = 'cancelled' WHERE state IN ('queued', 'running')",
            "DELETE FROM views",
            "DELETE FROM message_receivers",
        ] {
            app.change(sql, []).await;
        }
        self.scene.lead(&format!("成对{}", self.fresh()), &self.phone()).await
    }

    /// Does one thing on one of the servers and says how it ended.
    async fn act(&self, kind: &str, place: usize, lead: &Lead) -> u16 {
        let (ma, admin) = (self.scene.ma.at(&self.servers[place]), self.scene.admin.at(&self.servers[place]));
        let (store, now) = (&self.scene.app.store, self.scene.app.clock.now());
        let fresh = self.fresh().to_string();
        let post = async |client: &Client, address: &str, fields: &[(&str, &str)]| -> u16 {
            client.post(address, fields).await.status
        };
        match kind {
            "enter" => {
                let (company, phone) = (format!("成对新{fresh}有限公司"), self.phone());
                let fields = [("company", &*company), ("contact", "李小明"), ("phone", &*phone), ("source", "own")];
                post(&ma, "/leads/new", &fields).await
            }
            "dispatch" => {
                let to = self.scene.app.member("xinghe/admin").await.to_string();
                post(&admin, &lead.step("dispatch"), &[("follower", &to)]).await
            }
            "follow" => {
                let lost = [("way", "phone"), ("outcome", "invalid"), ("content", "空号"), ("reason", "wrong_number")];
                post(&ma, &lead.step("follow"), &lost).await
            }
            "return" => post(&ma, &lead.step("return"), &[("content", "不在我的区域")]).await,
            "develop" => post(&ma, &lead.step("develop"), &[("invite", "no")]).await,
            "mute" => post(&ma, &lead.step("mute"), &[("mute", "asked")]).await,
            "call" => post(&ma, &lead.step("call"), &[]).await,
            "reveal" => reveal(&ma, "company", std::slice::from_ref(lead)).await.status,
            "search" => ma.get(&format!("/leads?company=pair{fresh}")).await.status,
            "view" => {
                let fields = [("act", "save"), ("name", &*fresh), ("query", "state=following"), ("default", "")];
                post(&ma, "/views/leads", &fields).await
            }
            "export" => post(&admin, "/leads/export", &[("format", "csv")]).await,
            "profile" => post(&ma, "/profile/edit", &[("name", &*format!("马{fresh}"))]).await,
            "choices" => post(&ma, "/profile/choices", &[("language", "en"), ("zone", "")]).await,
            "member" => post(&admin, &format!("/members/{}/edit", self.ma), &[("name", &*format!("马{fresh}"))]).await,
            "contacts" => {
                let (first, second) = (self.ma.to_string(), self.scene.app.member("xinghe/admin").await.to_string());
                let fields = if self.fresh().is_multiple_of(2) { [&*first, ""] } else { [&*second, ""] };
                let fields = [("first", fields[0]), ("second", fields[1]), ("third", "")];
                post(&admin, "/members/contacts", &fields).await
            }
            "receiver" => {
                let email = format!("desk{fresh}@ops.example");
                let fields = [("kind", "lead_dispatched"), ("name", "王小明"), ("email", &*email)];
                post(&admin, "/messages/receivers", &fields).await
            }
            "rules" => {
                let times = [("quiet_from", ""), ("quiet_to", ""), ("pause_from", ""), ("pause_to", "")];
                let limits = [("per_day", "3"), ("per_week", "9"), ("per_minute", "5")];
                post(&admin, "/calls/settings", &[&times[..], &limits].concat()).await
            }
            "read" => post(&ma, "/messages", &[]).await,
            "operator" => {
                let begun = self.fresh().is_multiple_of(2);
                status(admin::set_review(store, self.xinghe, self.ma, Role::Manager, begun, now).await)
            }
            "tenant" => {
                let new = NewTenant {
                    name: format!("pair{fresh}"),
                    title: "成对网络".to_owned(),
                    kind: TenantKind::Reseller,
                    parent: Some(self.yunfan),
                    marketing_plan_2: false,
                };
                status(admin::create_tenant(store, new, now).await)
            }
            "jobs" => {
                let (silent, over) = tokio::join!(leads::remind(store, now), preregistrations::expire(store, now));
                status(silent.and(over))
            }
            other => panic!("no kind of change is called {other}"),
        }
    }
}

/// What a page would answer.
fn status<T>(done: Result<T>) -> u16 {
    match done {
        Ok(_) => 200,
        Err(Error::Busy) => 503,
        Err(Error::Internal) => 500,
        Err(_) => 409,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_kind_of_change_is_done_where_nothing_is_beside_it() {
    let stage = Stage::new().await;
    for kind in KINDS {
        let lead = stage.set().await;
        let done = stage.act(kind, 0, &lead).await;
        assert!(matches!(done, 200 | 303), "{kind}: {done}");
    }
}

/// SQLite has one writer at a time, so that nothing there can wait the wrong way round.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_two_kinds_of_change_wait_for_each_other() {
    if !is_postgres() {
        return;
    }
    for _ in 0..rounds(1, 10) {
        let stage = Arc::new(Stage::new().await);
        for (first, one) in KINDS.iter().enumerate() {
            for other in &KINDS[first..] {
                let lead = stage.set().await;
                let both = [*one, *other].into_iter().enumerate().map(|(place, kind)| {
                    let (stage, lead) = (stage.clone(), lead.clone());
                    tokio::spawn(async move { (kind, stage.act(kind, place, &lead).await) })
                });
                for ended in both.collect::<Vec<_>>() {
                    let (kind, status) = ended.await.unwrap();
                    assert!(status < 500, "{one} beside {other}: {kind} is answered with {status}");
                }
            }
        }
        let deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
        assert_eq!(stage.scene.app.number(deadlocks, []).await, 0);
        assert!(matches!(verify(&stage.scene.app.store, &[]).await, Ok(Verdict::Whole(_))));
    }
}
