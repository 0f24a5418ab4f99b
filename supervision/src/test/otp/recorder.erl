%% Plays scenario files on the real OTP supervisor and prints them with the trace it gave.
%%   erlc recorder.erl && erl -noshell -eval 'recorder:main(["in.txt"])' > recorded.txt
%% The language is described in docs/reference/scenarios.md; the Java reader is ScenarioReader.
-module(recorder).
-behaviour(supervisor).
-export([main/1, init/1, start_child/1, start_sup/2, child_init/2]).

%% ---- supervisors and children under test
init({Flags, Specs}) -> {ok, {Flags, Specs}}.

start_sup(Id, Decl) ->
    case supervisor:start_link(?MODULE, Decl) of
        {ok, Pid} -> enter(Id, Pid), ets:insert(ctl, {{sup, Id}, Pid}), {ok, Pid};
        Error -> ev({startfail, Id}), Error
    end.

start_child('~gate') ->
    ets:lookup_element(ctl, director, 2) ! {gate, self()},
    receive open -> ignore end;
start_child(Id) ->
    case take(fail, Id) of
        true -> ev({startfail, Id}), {error, boom};
        false ->
            case take(ignore, Id) of
                true -> ev({ignore, Id}), ignore;
                false -> proc_lib:start_link(?MODULE, child_init, [self(), Id])
            end
    end.

child_init(Parent, Id) ->
    [process_flag(trap_exit, true) || ets:member(ctl, {stuck, Id})],
    enter(Id, self()),
    proc_lib:init_ack(Parent, {ok, self()}),
    idle().

idle() -> receive stop -> ok; _ -> idle() end.

enter(Id, Pid) ->
    G = ets:update_counter(ctl, {gen, Id}, 1, {{gen, Id}, 0}),
    ets:insert(ctl, {{pid, Pid}, {Id, G}}),
    ets:insert(ctl, {{cur, Id}, Pid}),
    ev({start, Id, G}).

take(What, Id) ->
    case ets:lookup(ctl, {What, Id}) of
        [{Key, N}] when N > 0 -> ets:insert(ctl, {Key, N - 1}), true;
        _ -> false
    end.

ev(E) -> ets:insert(trace, {{erlang:monotonic_time(nanosecond), erlang:unique_integer([monotonic])}, E}).

%% ---- files
main(Files) -> [file(F) || F <- Files], halt().

file(F) ->
    {ok, Bin} = file:read_file(F),
    sections([string:trim(L) || L <- string:split(binary_to_list(Bin), "\n", all)], none, []).

sections([], Head, Lines) -> play(Head, lists:reverse(Lines));
sections(["== " ++ _ = Next | T], Head, Lines) -> play(Head, lists:reverse(Lines)), sections(T, Next, []);
sections(["-- trace" | T], Head, Lines) ->
    sections(lists:dropwhile(fun("== " ++ _) -> false; (_) -> true end, T), Head, Lines);
sections(["" | T], Head, Lines) -> sections(T, Head, Lines);
sections([L | T], Head, Lines) -> sections(T, Head, [L | Lines]).

play(none, _) -> ok;
play(Head, Lines) ->
    io:format("~s~n~s~n-- trace~n", [Head, lists:join("\n", Lines)]),
    Me = self(),
    Pid = spawn(fun() -> scenario([string:lexemes(L, " ") || L <- Lines, hd(L) =/= $#]), Me ! {played, self()} end),
    receive {played, Pid} -> ok after 60000 -> exit(Pid, kill), io:format("TIMEOUT~n") end.

scenario(Lines) ->
    [catch ets:delete(T) || T <- [ctl, trace]],
    ets:new(ctl, [named_table, public]),
    ets:new(trace, [named_table, public, ordered_set]),
    ets:insert(ctl, {director, self()}),
    process_flag(trap_exit, true),
    {["sup" | Head], Rest} = {hd(Lines), tl(Lines)},
    {Decl, Stimuli} = declare(Head, Rest, []),
    run(Stimuli, Decl, none).

%% ---- declarations; Rest begins after the line that opened the supervisor
declare(Head, [["child" | C] | T], Specs) -> declare(Head, T, [spec(C) | Specs]);
declare(Head, [["tree", Id, Restart, Shutdown | Sub] | T], Specs) ->
    {Decl, Rest} = declare(Sub, T, []),
    Spec = #{id => a(Id), start => {?MODULE, start_sup, [a(Id), Decl]}, restart => a(Restart),
             shutdown => shutdown(Shutdown), type => supervisor, significant => lists:last(Sub) =:= "true"},
    mark(Id, Sub),
    declare(Head, Rest, [Spec | Specs]);
declare(Head, [["end"] | T], Specs) -> {close(Head, Specs), T};
declare(Head, [["go"] | _] = T, Specs) -> mark("", Head), {close(Head, Specs), T};
declare(Head, [Stimulus | T], Specs) ->         % failnext and the like before go
    {Decl, Rest} = declare(Head, T, Specs),
    {Decl, [Stimulus | Rest]}.

mark(Id, ["dynamic" | _]) -> ets:insert(ctl, {{dynamic, a(Id)}, true});
mark(_, _) -> ok.

close(["dynamic", I, P, Restart, Shutdown | _], []) ->
    {#{strategy => simple_one_for_one, intensity => int(I), period => int(P)},
     [#{id => template, start => {?MODULE, start_child, []}, restart => a(Restart), shutdown => shutdown(Shutdown)}]};
close([Strategy, I, P, Auto | _], Specs) ->
    {#{strategy => a(Strategy), intensity => int(I), period => int(P), auto_shutdown => a(Auto)},
     lists:reverse(Specs)}.

spec([Id, R, Sd]) -> spec([Id, R, Sd, "false"]);
spec([Id, R, Sd, Sig]) ->
    #{id => a(Id), start => {?MODULE, start_child, [a(Id)]}, restart => a(R), significant => a(Sig),
      shutdown => shutdown(Sd)}.

shutdown("brutal_kill") -> brutal_kill;
shutdown("infinity") -> infinity;
shutdown(N) -> int(N).

a(S) -> list_to_atom(S).
int(S) -> list_to_integer(S).

%% ---- stimuli
run([], _, none) -> ok;
run([], _, Root) -> unlink(Root), exit(Root, shutdown);
run([[Word | Args] | T], Decl, Root) ->
    {Verb, At} = case string:split(Word, "@") of [V, S] -> {V, S}; [V] -> {V, ""} end,
    case step(Verb, At, Args, T, Decl, Root) of
        {Rest, NewRoot} -> run(Rest, Decl, NewRoot);
        over -> ok
    end.

step("go", _, [], T, Decl, _) ->
    Tracer = spawn_link(fun tracer/0),
    put(tracer, Tracer),
    erlang:trace(self(), true, [procs, set_on_spawn, strict_monotonic_timestamp, {tracer, Tracer}]),
    R = supervisor:start_link(?MODULE, Decl),
    erlang:trace(self(), false, [all]),
    case R of
        {ok, Pid} -> ets:insert(ctl, {{sup, ''}, Pid}), out("go ok"), next(T, Pid);
        {error, {shutdown, Why}} -> flush(), out("go error ~s", [failed(Why)]), over;
        {error, E} -> flush(), out("go error ~p", [element(1, E)]), over
    end;
step("exit", _, [Id, R], T, _, Root) -> die(Id, R), next(T, Root);
step("burst", At, [], T, _, Root) ->
    {Ends, [_ | Rest]} = lists:splitwith(fun(L) -> L =/= ["end"] end, T),
    Sup = sup(At, Root),
    [burst(At, Sup, Ends) || is_process_alive(Sup)],
    next(Rest, Root);
step("failnext", _, [Id, N], T, _, Root) -> ets:insert(ctl, {{fail, a(Id)}, int(N)}), {T, Root};
step("ignorenext", _, [Id, N], T, _, Root) -> ets:insert(ctl, {{ignore, a(Id)}, int(N)}), {T, Root};
step("stuck", _, [Id], T, _, Root) -> ets:insert(ctl, {{stuck, a(Id)}, true}), {T, Root};
step("wait", _, [Ms], T, _, Root) -> timer:sleep(int(Ms)), {T, Root};
step("state", At, [], T, _, Root) ->
    Sup = sup(At, Root),
    case is_process_alive(Sup) of true -> state(At, Sup); false -> out("state~s noproc", [tag(At)]) end,
    {T, Root};
step("stop", _, [], _, _, Root) ->
    exit(Root, shutdown),
    receive {'EXIT', Root, R} -> flush(), out("sup_exit ~p", [R]) after 20000 -> out("HANG") end,
    over;
step(Request, At, [Id | _] = Args, T, _, Root) ->
    R = (catch request(Request, At, sup(At, Root), Args)),
    flush(),
    out("~s~s ~s -> ~s", [Request, tag(At), Id, answer(R)]),
    next(T, Root).

request("start", At, Sup, [Id | _] = Args) ->
    case ets:member(ctl, {dynamic, a(At)}) of
        true -> supervisor:start_child(Sup, [a(Id)]);
        false -> supervisor:start_child(Sup, spec(Args))
    end;
request("terminate", At, Sup, [Id]) ->
    case ets:member(ctl, {dynamic, a(At)}) of
        true -> supervisor:terminate_child(Sup, ets:lookup_element(ctl, {cur, a(Id)}, 2));
        false -> supervisor:terminate_child(Sup, a(Id))
    end;
request("restart", _, Sup, [Id]) -> supervisor:restart_child(Sup, a(Id));
request("delete", _, Sup, [Id]) -> supervisor:delete_child(Sup, a(Id)).

%% the supervisor is kept busy with starting a gate while its children die
burst(At, Sup, Ends) ->
    Args = case ets:member(ctl, {dynamic, a(At)}) of
               true -> ['~gate'];
               false -> spec(["~gate", "temporary", "50"])
           end,
    spawn(fun() -> supervisor:start_child(Sup, Args) end),
    receive {gate, Sup} -> ok after 5000 -> exit(no_gate) end,
    [die(Id, R) || ["exit", Id, R] <- Ends],
    Sup ! open.

next(T, Root) -> case settle(Root) of alive -> {T, Root}; dead -> over end.

sup("", Root) -> Root;
sup(At, _) -> ets:lookup_element(ctl, {sup, a(At)}, 2).

tag("") -> "";
tag(At) -> "@" ++ At.

failed({failed_to_start_child, Id, {shutdown, Why}}) ->
    io_lib:format("failed_to_start_child ~p ~s", [Id, failed(Why)]);
failed({failed_to_start_child, Id, Why}) -> io_lib:format("failed_to_start_child ~p ~p", [Id, Why]).

answer({ok, P}) when is_pid(P) -> "ok";
answer({ok, undefined}) -> "ok undefined";
answer(ok) -> "ok";
answer({error, {already_started, _}}) -> "error already_started";
answer({error, {bad_combination, _}}) -> "error bad_combination";
answer({error, {R, C}}) when is_tuple(C) -> io_lib:format("error ~p", [R]);
answer({error, R}) -> io_lib:format("error ~p", [R]);
answer({'EXIT', _}) -> "noproc".

state(At, Sup) ->
    Children = [{child(Id, P), shown(P)} || {Id, P, _, _} <- supervisor:which_children(Sup)],
    Counts = supervisor:count_children(Sup),
    Listed = case ets:member(ctl, {dynamic, a(At)}) of true -> lists:sort(Children); false -> Children end,
    out("state~s [~s] specs=~p active=~p",
        [tag(At), string:join([lists:flatten(io_lib:format("~p:~s", [I, S])) || {I, S} <- Listed], " "),
         proplists:get_value(specs, Counts), proplists:get_value(active, Counts)]).

child(undefined, P) when is_pid(P) -> [{_, {Id, _}}] = ets:lookup(ctl, {pid, P}), Id;
child(Id, _) -> Id.

shown(undefined) -> "undefined";
shown(restarting) -> "restarting";
shown(P) -> [{_, {_, G}}] = ets:lookup(ctl, {pid, P}), io_lib:format("#~p", [G]).

die(Id, R) -> die1(ets:lookup(ctl, {cur, a(Id)}), R).

die1([], _) -> ok;
die1([{_, P}], R) ->
    M = monitor(process, P),
    kill(P, R),
    receive {'DOWN', M, _, _, _} -> ok after 500 -> ok end.

kill(P, "normal") -> P ! stop;
kill(P, "shutdown_x") -> exit(P, {shutdown, x});
kill(P, R) -> exit(P, a(R)).

%% ---- waiting until every supervisor answers and the trace no longer grows
settle(Root) -> settle(Root, -1, 0).
settle(Root, Seen, Quiet) ->
    receive
        {'EXIT', Root, R} -> timer:sleep(5), flush(), out("sup_exit ~p", [R]), dead
    after 4 ->
        Size = ets:info(trace, size),
        Answers = [catch supervisor:count_children(P) || {{sup, _}, P} <- ets:tab2list(ctl), is_process_alive(P)],
        case [E || {'EXIT', _} = E <- Answers] of
            [] when Size =:= Seen, Quiet >= 4 -> flush(), alive;
            [] when Size =:= Seen -> settle(Root, Size, Quiet + 1);
            _ -> settle(Root, Size, 0)
        end
    end.

tracer() ->
    receive
        {trace_ts, P, exit, R, Ts} -> ets:insert(trace, {Ts, {exit, P, R}}), tracer();
        {sync, From} -> From ! synced, tracer();
        _ -> tracer()
    end.

flush() ->
    get(tracer) ! {sync, self()},
    receive synced -> ok after 500 -> ok end,
    timer:sleep(2),
    L = lists:sort(ets:tab2list(trace)),
    ets:delete_all_objects(trace),
    [line(E) || {_, E} <- L].

line({exit, P, R}) ->
    case ets:lookup(ctl, {pid, P}) of
        [{_, {Id, G}}] -> out("exit ~p#~p ~s", [Id, G, reason(R)]);
        [] -> ok
    end;
line({start, Id, G}) -> out("start ~p#~p", [Id, G]);
line({startfail, Id}) -> out("startfail ~p", [Id]);
line({ignore, Id}) -> out("ignore ~p", [Id]).

reason({shutdown, _}) -> "shutdown_x";
reason(R) -> io_lib:format("~p", [R]).

out(F) -> out(F, []).
out(F, A) -> io:format(F ++ "~n", A).
