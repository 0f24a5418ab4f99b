package io.macula.supervision.testkit;

import static io.macula.supervision.testkit.Rule.Moment.MESSAGE;
import static io.macula.supervision.testkit.Rule.Moment.START;
import static io.macula.supervision.testkit.Rule.Moment.STOP;

import java.time.Duration;

/// One child of a tree, for what shall go wrong there. A fault stays planned, over restarts, until its
/// [When] is used up or [#heal] is called. Of several faults that meet one message, the one planned
/// first has its way.
///
/// Made by [Lab#at].
public final class Place {

    private final Rig rig;
    private final Site site;

    Place(Rig rig, Site site) {
        this.rig = rig;
        this.site = site;
    }

    private Place plan(Rule.Moment moment, When when, Fault fault) {
        rig.plan(site, Rule.of(moment, when, fault));
        return this;
    }

    private Fault.Crash crash(String why) {
        return new Fault.Crash(new InjectedFault(why + " of " + site.name()));
    }

    /// Crashes on the messages that `when` says, instead of handling them.
    public Place crashOn(When when) {
        return plan(MESSAGE, when, crash("crash on a message"));
    }

    /// Crashes on every message of this type.
    public Place crashOn(Class<?> type) {
        return crashOn(When.always().of(type));
    }

    /// Crashes before its setup.
    public Place crashInStart(When starts) {
        return plan(START, starts, crash("crash in the start"));
    }

    /// Crashes when it has been asked to stop, instead of cleaning up; not when it ends by itself or with
    /// its stop message.
    public Place crashInStop() {
        return plan(STOP, When.always(), crash("crash in the stop"));
    }

    /// What the crash planned last throws.
    ///
    /// @throws IllegalStateException when what was planned last is no crash
    public Place with(Throwable cause) {
        var last = site.plan().last();
        if (last.isEmpty() || !(last.get() instanceof Fault.Crash)) {
            throw new IllegalStateException(
                    "with(...) follows a crash, and none is planned at '" + site.name() + "'");
        }
        rig.check();
        site.planLast(new Fault.Crash(cause));
        return this;
    }

    /// Loses messages.
    public Place drop(When when) {
        return plan(MESSAGE, when, new Fault.Drop());
    }

    /// Every message is underway for that long.
    public Place delay(Duration by) {
        return delay(When.always(), by);
    }

    /// Messages are underway for that long, and may be overtaken meanwhile.
    public Place delay(When when, Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("a delay is not negative: " + by);
        }
        return plan(MESSAGE, when, new Fault.Delay(by));
    }

    /// Keeps every message back until [#release].
    public Place hold() {
        return hold(When.always());
    }

    /// Keeps messages back until [#release].
    public Place hold(When when) {
        return plan(MESSAGE, when, new Fault.Hold());
    }

    /// Every message comes twice.
    public Place duplicate() {
        return duplicate(When.always());
    }

    /// Messages come twice, the second time behind what waits already.
    public Place duplicate(When when) {
        return plan(MESSAGE, when, new Fault.Duplicate());
    }

    /// Every other message is overtaken by the one after it.
    public Place reorder() {
        return reorder(When.always());
    }

    /// Messages are overtaken by the one after them; one that none follows waits until [#release].
    public Place reorder(When when) {
        return plan(MESSAGE, when, new Fault.Reorder());
    }

    /// Hangs now, after the messages it has already, until it is killed or released.
    ///
    /// @throws IllegalStateException when it does not run
    public Place hang() {
        rig.hang(site, false);
        return this;
    }

    /// As [#hang], and ignores a kill: its supervisor has to abandon it.
    public Place hangDeaf() {
        rig.hang(site, true);
        return this;
    }

    /// Hangs on the messages that `when` says; once released, it handles them.
    public Place hangOn(When when) {
        return plan(MESSAGE, when, new Fault.Hang(false));
    }

    /// Hangs before its setup, until it is killed or released.
    public Place hangInStart(When starts) {
        return plan(START, starts, new Fault.Hang(false));
    }

    /// Hangs when it has been asked to stop, until it is killed or released: proves its shutdown time.
    public Place hangInStop() {
        return plan(STOP, When.always(), new Fault.Hang(false));
    }

    /// Lets go on who hangs here, delivers what was kept back in its order, and holds no longer.
    public Place release() {
        rig.release(site);
        return this;
    }

    /// Nothing goes wrong here any more; what was kept back is delivered, who hangs goes on.
    public Place heal() {
        rig.heal(site);
        return this;
    }
}
