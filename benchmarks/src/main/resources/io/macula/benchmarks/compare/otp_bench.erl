%% The measurements of io.macula.benchmarks.supervision on a real OTP supervisor. Children are
%% gen_servers. Each task runs in a fresh emulator and prints one line per measured round,
%% "READING NUMBER"; the rounds before are warm-up.
%%
%%   erlc otp_bench.erl
%%   erl -noshell +P 1000000 -run otp_bench main TASK COUNT WARMUP ROUNDS
-module(otp_bench).
-behaviour(gen_server).
-export([main/1, versions/1, start_worker/1, init/1, handle_call/3, handle_cast/2]).

versions(_) ->
    io:format("Erlang/OTP ~s, erts ~s, ~p schedulers, ~p~n",
              [erlang:system_info(otp_release), erlang:system_info(version),
               erlang:system_info(schedulers_online), erlang:system_info(emu_flavor)]),
    halt(0).

main([Task, Count, Warmup, Rounds]) ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    N = list_to_integer(Count),
    Run = fun() -> erlang:garbage_collect(), task(list_to_atom(Task), N) end,
    [Run() || _ <- lists:seq(1, list_to_integer(Warmup))],
    [report(Run()) || _ <- lists:seq(1, list_to_integer(Rounds))],
    halt(0).

report(Readings) ->
    [io:format("~s ~.3f~n", [Name, float(Value)]) || {Name, Value} <- Readings].

%% --- what is measured

task(start, N) ->
    Spec = spec(N),
    {Micros, Sup} = timed(fun() -> start_supervisor(Spec) end),
    stop(Sup),
    [{millis, Micros / 1000}];
task(stop, N) ->
    Sup = start_supervisor(spec(N)),
    {Micros, ok} = timed(fun() -> stop(Sup) end),
    [{millis, Micros / 1000}];
task(start_child, N) ->
    Child = #{id => worker, start => {?MODULE, start_worker, [none]}},
    Sup = start_supervisor({#{strategy => simple_one_for_one}, [Child]}),
    {Micros, _} = timed(fun() ->
        [{ok, _} = supervisor:start_child(Sup, []) || _ <- lists:seq(1, N)]
    end),
    stop(Sup),
    [{millis, Micros / 1000}];
task(memory, N) ->
    Before = live_bytes(),
    Sup = start_supervisor(spec(N)),
    After = live_bytes(),
    stop(Sup),
    [{bytes, (After - Before) / N}];
task(crash, N) ->
    Worker = #{id => worker, start => {?MODULE, start_worker, [self()]}},
    Flags = #{strategy => one_for_one, intensity => 1000000, period => 1},
    Sup = start_supervisor({Flags, [Worker]}),
    {First, _} = receive_started(),
    Micros = lists:sort(crashes(First, N, [])),
    stop(Sup),
    [{p50, lists:nth(N div 2, Micros)}, {p99, lists:nth(N * 99 div 100, Micros)}];
task(ping, N) ->
    {ok, Worker} = start_worker(none),
    {Micros, ok} = timed(fun() -> ping(Worker, N) end),
    unlink(Worker),
    exit(Worker, kill),
    [{millis, Micros / 1000}].

spec(N) ->
    {#{}, [#{id => {worker, I}, start => {?MODULE, start_worker, [none]}} || I <- lists:seq(1, N)]}.

%% The supervisor's callback module is this one; gen_server and supervisor share the name `init`.
start_supervisor(Spec) ->
    {ok, Sup} = supervisor:start_link(?MODULE, {supervisor, Spec}),
    Sup.

stop(Sup) ->
    exit(Sup, shutdown),
    receive {'EXIT', Sup, _} -> ok end.

timed(Fun) ->
    T0 = erlang:monotonic_time(),
    Result = Fun(),
    T1 = erlang:monotonic_time(),
    {erlang:convert_time_unit(T1 - T0, native, nanosecond) / 1000, Result}.

%% From sending the crash until the replacement's init has run.
crashes(_, 0, Micros) ->
    Micros;
crashes(Pid, N, Micros) ->
    T0 = erlang:monotonic_time(),
    gen_server:cast(Pid, crash),
    {Next, T1} = receive_started(),
    pause(erlang:monotonic_time() + erlang:convert_time_unit(30, microsecond, native)),
    crashes(Next, N - 1, [erlang:convert_time_unit(T1 - T0, native, nanosecond) / 1000 | Micros]).

receive_started() ->
    receive {started, Pid, At} -> {Pid, At} end.

pause(Until) ->
    case erlang:monotonic_time() < Until of
        true -> pause(Until);
        false -> ok
    end.

ping(_, 0) ->
    ok;
ping(Worker, N) ->
    gen_server:cast(Worker, {ping, self()}),
    receive pong -> ping(Worker, N - 1) end.

%% What processes and tables use after a collection of every process.
live_bytes() ->
    [erlang:garbage_collect(P) || P <- erlang:processes()],
    erlang:memory(total).

%% --- the worker

start_worker(Started) ->
    gen_server:start_link(?MODULE, {worker, Started}, []).

init({supervisor, Spec}) ->
    {ok, Spec};
init({worker, none}) ->
    {ok, none};
init({worker, Started}) ->
    Started ! {started, self(), erlang:monotonic_time()},
    {ok, none}.

handle_call(_, _, State) ->
    {reply, ok, State}.

handle_cast(crash, _) ->
    error(told_to_crash);
handle_cast({ping, From}, State) ->
    From ! pong,
    {noreply, State}.
