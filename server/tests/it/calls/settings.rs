//! A tenant's own rules for calling.

use super::support::Scene;

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
