//! A tenant's own rules for calling.

use chrono::{NaiveTime, Timelike};

use super::support::{Scene, TALK, number};
use crate::support::Lead;

#[tokio::test]
async fn an_administrator_sets_the_rules_and_finds_them_again() {
    let scene = Scene::new().await;
    let fields = [
        ("quiet_from", "22:30"),
        ("quiet_to", "07:00"),
        ("pause_from", "12:00"),
        ("pause_to", "13:30"),
        ("per_day", "3"),
        ("per_week", "9"),
        ("per_minute", "4"),
    ];
    assert_eq!(scene.admin.fill("/calls/settings", &fields).await.status, 303);
    let page = scene.admin.get("/calls/settings").await;
    for (_, value) in fields {
        assert!(page.says(&format!("value=\"{value}\"")), "{value}");
    }
    assert_eq!(scene.app.audited("call_rules_saved").await, 1);
}

#[tokio::test]
async fn what_makes_no_rule_is_said_beside_its_field() {
    let scene = Scene::new().await;
    let good =
        [("quiet_from", "21:00"), ("quiet_to", "08:00"), ("per_day", "2"), ("per_week", "5"), ("per_minute", "2")];
    for (field, value) in [
        ("quiet_from", ""),
        ("quiet_to", "25:00"),
        ("quiet_from", "nine"),
        ("per_day", ""),
        ("per_week", "0"),
        ("per_minute", "1001"),
        ("per_day", "-1"),
        ("per_day", "99999999999999999999"),
        // More than the five in a week.
        ("per_day", "6"),
    ] {
        let mut fields = good;
        for (name, text) in &mut fields {
            if *name == field {
                *text = value;
            }
        }
        let answer = scene.admin.fill("/calls/settings", &fields).await;
        assert_eq!(answer.status, 422, "{field}={value}");
        assert!(answer.says(&format!("id=\"{field}-error\"")), "{field}={value}");
    }
    assert_eq!(scene.ma.get("/calls/settings").await.status, 403);
    assert_eq!(scene.ma.post("/calls/settings", &good).await.status, 403);
}

/// Whether the dialog says at this time of Beijing that these are quiet hours, the days going by.
async fn is_quiet(scene: &Scene, lead: &Lead, time: &str) -> bool {
    let wanted = NaiveTime::parse_from_str(time, "%H:%M:%S").unwrap();
    let now = scene.app.clock.now().in_trade_zone().time();
    let ahead = (wanted.num_seconds_from_midnight() + 86_400 - now.num_seconds_from_midnight()) % 86_400;
    scene.app.clock.advance(i64::from(ahead));
    let ma = scene.app.sign_in("xinghe/ma").await;
    let dialog = ma.get(&lead.step("call")).await;
    let quiet = dialog.says("现在是免打扰时段");
    assert_ne!(quiet, dialog.says("开始外呼"), "{time}: {}", dialog.text());
    quiet
}

async fn set(scene: &Scene, fields: &[(&str, &str)]) {
    let all = [&[("per_day", "2"), ("per_week", "5"), ("per_minute", "9")], fields].concat();
    assert_eq!(scene.admin.post("/calls/settings", &all).await.status, 303);
}

#[tokio::test]
async fn quiet_hours_over_midnight_begin_and_end_on_the_second() {
    let scene = Scene::new().await;
    let lead = scene.lead("跨夜", &number(TALK, 0)).await;
    set(&scene, &[("quiet_from", "21:00"), ("quiet_to", "08:00")]).await;
    for (time, quiet) in
        [("20:59:59", false), ("21:00:00", true), ("00:00:00", true), ("07:59:59", true), ("08:00:00", false)]
    {
        assert_eq!(is_quiet(&scene, &lead, time).await, quiet, "{time}");
    }
}

#[tokio::test]
async fn the_same_time_twice_is_the_whole_day_and_midnight_ends_one() {
    let scene = Scene::new().await;
    let lead = scene.lead("全天", &number(TALK, 1)).await;
    set(&scene, &[("pause_from", "08:00"), ("pause_to", "08:00")]).await;
    let hint = "开始和结束相同表示全天";
    assert!(scene.admin.get("/calls/settings").await.says(hint));
    for time in ["07:59:59", "08:00:00", "00:00:00"] {
        assert!(is_quiet(&scene, &lead, time).await, "{time}");
    }
    let admin = scene.app.sign_in("xinghe/admin").await;
    let scene = Scene { admin, ..scene };
    set(&scene, &[("quiet_from", "12:00"), ("quiet_to", "00:00")]).await;
    for (time, quiet) in [("11:59:59", false), ("12:00:00", true), ("23:59:59", true), ("00:00:00", false)] {
        assert_eq!(is_quiet(&scene, &lead, time).await, quiet, "{time}");
    }
}
