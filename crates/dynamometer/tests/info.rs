//! Facts in labels.

use std::time::Duration;

use dynamometer::{Clock, Container, ErrorKind, InfoVec, Kind, Labels, Unit, Value};

#[derive(Labels)]
enum Stage {
    Trial,
    Live,
}

#[derive(Labels)]
struct Deployment {
    stage: Stage,
    canary: bool,
}

fn samples(container: &Container) -> Vec<String> {
    let page = container.export_prometheus();
    let lines = page.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

#[test]
fn an_info_is_1_from_when_it_is_built() {
    let container = Container::new("app");
    let build = container
        .info("build")
        .help("What runs.")
        .label("version", "1.2");
    drop(build.build());
    assert_eq!(
        container.export_prometheus(),
        "# HELP app_build_info What runs.\n# TYPE app_build_info gauge\n\
         app_build_info{version=\"1.2\"} 1\n"
    );
    let snapshot = container.get_metrics();
    assert_eq!(snapshot.families()[0].desc().kind(), Kind::Info);
    let value = snapshot.value("app_build_info", &[("version", "1.2")]);
    assert_eq!(value, Some(Value::Float(1.0)));
}

#[test]
fn the_name_ends_in_info_once_under_every_name_it_has() {
    let container = Container::new("app");
    container
        .info("build")
        .alias("version")
        .label("a", "1")
        .build();
    container.info("build_info").label("a", "2").build();
    let expected = [
        "app_build_info{a=\"1\"} 1",
        "app_build_info{a=\"2\"} 1",
        "app_version_info{a=\"1\"} 1",
        "app_version_info{a=\"2\"} 1",
    ];
    assert_eq!(samples(&container), expected);
}

#[test]
fn series_of_a_family_are_1_from_their_look_up_until_they_are_removed() {
    let container = Container::new("app");
    let models: InfoVec = container.info("model").vec(&["model", "version"]);
    assert!(samples(&container).is_empty());
    models.with_label_values(&["small", "1"]);
    let kept = models.with_label_values(&["large", "3"]).keep();
    let expected = [
        "app_model_info{model=\"small\",version=\"1\"} 1",
        "app_model_info{model=\"large\",version=\"3\"} 1",
    ];
    assert_eq!(samples(&container), expected);
    assert!(models.remove(&["small", "1"]));
    assert_eq!(samples(&container), expected[1..]);
    assert!(models.remove(&["large", "3"]));
    assert!(samples(&container).is_empty());
    drop(kept);
}

#[test]
fn an_owned_info_leaves_with_its_handle() {
    let container = Container::new("app");
    let models = container.info("model").vec(&["model"]);
    let one = models.owned(&["small"]);
    let build = container.info("build").label("version", "1").owned();
    assert_eq!(samples(&container).len(), 2);
    drop((one, build));
    assert!(samples(&container).is_empty());
}

#[test]
fn a_family_keyed_by_enums_says_only_what_was_looked_up() {
    let container = Container::new("app");
    let deployments: InfoVec<Deployment> = container.info("deployment").keyed();
    assert!(samples(&container).is_empty());
    let trial = Deployment {
        stage: Stage::Trial,
        canary: true,
    };
    deployments.with(&trial);
    deployments.with(&trial);
    let expected = "app_deployment_info{canary=\"true\",stage=\"trial\"} 1";
    assert_eq!(samples(&container), [expected]);
    assert!(deployments.remove(&trial));
    let live = Deployment {
        stage: Stage::Live,
        canary: false,
    };
    assert!(!deployments.remove(&live));
    assert!(samples(&container).is_empty());
}

#[test]
fn an_info_that_expires_stays_for_as_long_as_a_handle_is_kept() {
    let clock = Clock::manual(Duration::ZERO);
    let container = Container::with_clock("app", clock.clone());
    let models = container.info("model").expire_after(Duration::from_mins(1));
    let models = models.vec(&["model"]);
    models.with_label_values(&["small"]);
    let _kept = models.with_label_values(&["large"]).keep();
    assert_eq!(samples(&container).len(), 2);
    clock.advance(Duration::from_mins(1));
    for _ in 0..3 {
        container.get_metrics();
    }
    assert_eq!(samples(&container), ["app_model_info{model=\"large\"} 1"]);
}

#[test]
fn an_info_has_no_unit_and_shares_its_name_with_no_gauge() {
    let container = Container::new("app");
    let refused = container.info("build").unit(Unit::Seconds).try_build();
    let error = refused.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnitMismatch);
    assert_eq!(
        error.to_string(),
        "\"build\" can not have seconds: an info has no unit"
    );
    container.info("build").build();
    let refused = container.gauge("build_info").try_build();
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::KindMismatch);
    let families = container.get_metrics();
    assert_eq!(families.series(), 1);
}

#[test]
fn a_refused_info_can_be_kept_and_is_on_no_page() {
    let container = Container::new("app");
    let _build = container.info("@@").build().keep();
    let models = container.info("@@").vec(&["model"]);
    models.with_label_values(&["small"]);
    let _owned = models.owned(&["large"]);
    assert!(samples(&container).is_empty());
}
