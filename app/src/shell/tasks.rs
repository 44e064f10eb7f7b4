//! Runs the tasks of the page: effects, and whatever waits for an answer.
//!
//! A microtask does what is due, as usual in a browser; [`settle`] does it at once, so that what was changed is in the page
//! when the call returns. The pool itself is that of `futures-executor`: here stands only when it goes on.

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use futures_executor::{LocalPool, LocalSpawner};
use futures_util::task::LocalSpawnExt;
use leptos::leptos_dom::helpers::queue_microtask;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

thread_local! {
    static POOL: RefCell<LocalPool> = RefCell::new(LocalPool::new());
    static SPAWNER: LocalSpawner = POOL.with_borrow(LocalPool::spawner);
    static IS_DUE: Cell<bool> = const { Cell::new(false) };
}

/// From now on, tasks of the page are run here.
pub(super) fn take_over() {
    // Only another executor could have come before, which would do as well.
    let _ = Executor::init_local_custom_executor(PageTasks);
}

/// Does all that is due now. A task that calls it goes on itself first.
pub(crate) fn settle() {
    POOL.with(|pool| {
        if let Ok(mut pool) = pool.try_borrow_mut() {
            pool.run_until_stalled();
        }
    });
}

/// Has all that is due done when the present work of the page is over.
fn settle_soon() {
    if !IS_DUE.replace(true) {
        queue_microtask(|| {
            IS_DUE.set(false);
            settle();
        });
    }
}

struct PageTasks;

impl CustomExecutor for PageTasks {
    fn spawn(&self, task: PinnedFuture<()>) {
        self.spawn_local(task);
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        let task = Announced { task, wakers: None };
        // The pool lives as long as the page.
        let _ = SPAWNER.with(|spawner| spawner.spawn_local(task));
        settle_soon();
    }

    fn poll_local(&self) {
        settle();
    }
}

/// A task that announces when it can go on.
struct Announced {
    task: PinnedLocalFuture<()>,
    /// The pool's waker and the one that the task was given for it.
    wakers: Option<(Waker, Waker)>,
}

impl Future for Announced {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let of_pool = context.waker();
        let known = self.wakers.take();
        let (of_pool, own) = known
            .filter(|(known, _)| known.will_wake(of_pool))
            .unwrap_or_else(|| {
                let own = Arc::new(Announce(of_pool.clone()));
                (of_pool.clone(), Waker::from(own))
            });
        let poll = self.task.as_mut().poll(&mut Context::from_waker(&own));
        self.wakers = Some((of_pool, own));
        poll
    }
}

/// Wakes a task in the pool, and the pool.
struct Announce(Waker);

impl Wake for Announce {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.wake_by_ref();
        settle_soon();
    }
}
