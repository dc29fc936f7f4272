//! The day follows its centre's hours: what changes once, and what is no change.

use chrono::Duration;
use domain::{
    Instant,
    day::{Command, Event},
};

use crate::world::World;

fn follow(world: &mut World, closes: Option<Instant>) -> Vec<Event> {
    world.try_act(&Command::FollowHours { closes, breaks: Vec::new() }).unwrap()
}

#[test]
fn hours_that_say_the_same_change_nothing() {
    let mut world = World::open();
    let five = world.now + Duration::hours(7);
    assert_eq!(
        follow(&mut world, Some(five)),
        [Event::HoursChanged { closes: Some(five), breaks: Vec::new(), asked: false }]
    );
    assert_eq!(follow(&mut world, Some(five)), []);
    assert_eq!(world.day.closes, Some(five));
}

#[test]
fn doors_that_should_be_shut_are_said_so_once() {
    let mut world = World::open();
    let five = world.now + Duration::hours(7);
    follow(&mut world, Some(five));
    world.later(60);
    let now = world.now;
    let shut = [Event::HoursChanged { closes: Some(now), breaks: Vec::new(), asked: true }];
    assert_eq!(follow(&mut world.clone(), Some(now)), shut, "closing this second is closed");
    assert_eq!(follow(&mut world, None), shut);
    assert_eq!(follow(&mut world, None), [], "also in the same second");
}
