using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Facade;

/// <summary>Lists are fetched as far as somebody reads them, and never end early without an exception.</summary>
internal sealed class PagerTests
{
    private readonly List<string?> _fetched = [];

    [SetUp]
    public void Clear() => _fetched.Clear();

    [Test]
    public async Task Pager_follows_pagination_keys()
    {
        Pager<string> pager = Keyed(("a", "b"), ("c", null));

        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(_fetched, Is.EqualTo(new[] { null, "k1" }));
    }

    [Test]
    public async Task Pager_each_enumeration_starts_at_first_page()
    {
        Pager<string> pager = Keyed(("a", "b"), ("c", null));

        List<string> first = await ItemsAsync(pager);
        Assert.That(await ItemsAsync(pager), Is.EqualTo(first));
        Assert.That(_fetched, Is.EqualTo(new[] { null, "k1", null, "k1" }));
    }

    [Test]
    public async Task AsPages_returns_each_page_with_key_and_has_more()
    {
        var pages = new List<Page<string>>();
        await foreach (Page<string> page in Keyed(("a", "b"), ("c", null)).AsPages())
        {
            pages.Add(page);
        }

        Assert.That(pages.Select(page => (page.Items.Count, page.NextKey, page.HasMore)), Is.EqualTo(new[] { (2, "k1", true), (1, null!, false) }));
    }

    [Test]
    public async Task Pager_stopped_early_fetches_no_further_page()
    {
        await foreach (string item in Keyed(("a", "b"), ("c", "d"), ("e", null)))
        {
            if (item == "b")
            {
                break;
            }
        }

        Assert.That(_fetched, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Pager_empty_page_with_new_key_continues()
    {
        string[][] pages = [["a"], [], [], ["b"]];
        Pager<string> pager = ByKey(_ => new Page<string>(pages[_fetched.Count - 1], "k" + _fetched.Count, _fetched.Count < pages.Length));

        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(_fetched, Is.EqualTo(new[] { null, "k1", "k2", "k3" }));
    }

    [TestCase(1, 2)]
    [TestCase(2, 3)]
    public async Task Pager_repeated_key_throws_after_page(int cycle, int fetches)
    {
        Pager<string> pager = ByKey(_ => new Page<string>(["a"], $"k{_fetched.Count % cycle}", true));
        var items = new List<string>();

        RetellException failure = await FailureAsync<RetellException>(pager, items);

        Assert.That(items, Has.Count.EqualTo(fetches));
        Assert.That(failure.Message, Does.Contain($"after page {fetches}").And.Contain(failure.PaginationKey));
    }

    [Test]
    public async Task Pager_has_more_without_key_throws_after_page()
    {
        var items = new List<string>();

        RetellException failure = await FailureAsync<RetellException>(ByKey(_ => new Page<string>(["a"], null, true)), items);

        Assert.That(items, Is.EqualTo(new[] { "a" }));
        Assert.That(failure.Message, Does.Contain("after page 1").And.Contain("no pagination_key"));
        Assert.That(failure.PaginationKey, Is.Null);
    }

    [Test]
    public async Task Pager_failed_page_throws_with_page_number_and_key()
    {
        var pager = new Pager<string>((previous, _) => previous is null ? Task.FromResult(new Page<string>(["a"], "k1", true)) : throw new RetellServerException("Down."));

        RetellServerException failure = await FailureAsync<RetellServerException>(pager, []);

        Assert.That(failure.PaginationKey, Is.EqualTo("k1"));
        Assert.That(failure.Message, Is.EqualTo("Down. This happened on page 2 of the list (pagination_key \"k1\")."));
        Assert.That(failure.ToString(), Does.Contain(failure.Message));
    }

    [Test]
    public async Task Pager_by_last_item_continues_after_last_item()
    {
        Pager<string> pager = Arrays(null, ["a", "b"], ["c"], []);

        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(_fetched, Is.EqualTo(new[] { null, "b", "c" }));
    }

    [Test]
    public async Task Pager_by_last_item_stops_at_page_that_is_not_full()
    {
        Pager<string> pager = Arrays(2, ["a", "b"], ["c"], ["never"]);

        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(_fetched, Is.EqualTo(new[] { null, "b" }));
    }

    [Test]
    public async Task Pager_by_last_item_page_size_above_maximum_continues()
    {
        string[] full = [.. Enumerable.Range(0, 1000).Select(i => $"a{i}")];
        Pager<string> pager = Arrays(5000, full, ["b"], ["never"]);

        Assert.That(await ItemsAsync(pager), Has.Count.EqualTo(1001));
    }

    [Test]
    public async Task Pager_without_pages_fetches_once_per_enumeration()
    {
        Pager<string> pager = Pager.Single<string>("listThings", _ => Task.FromResult<IList<string>>([.. _fetched.Select(_ => "never").Append("a")]), default);

        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a" }));
        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task Pager_by_last_item_server_ignoring_key_throws()
    {
        var items = new List<string>();

        await FailureAsync<RetellException>(Arrays(null, ["a"], ["a"], ["a"]), items);

        Assert.That(items, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Pager_by_last_item_same_key_with_another_version_continues()
    {
        (string Id, int Version)[][] pages = [[("a", 3)], [("a", 2)], [("a", 1)], []];
        Pager<Tuple<string, int>> pager = Pager.ByLastItem<Tuple<string, int>>(
            "listThings",
            (last, _) => Task.FromResult<IList<Tuple<string, int>>>([.. pages[last is null ? 0 : 4 - last.Item2].Select(page => Tuple.Create(page.Id, page.Version))]),
            item => item.Item1,
            item => item.Item2,
            null,
            default);

        Assert.That((await ItemsAsync(pager)).Select(item => item.Item2), Is.EqualTo(new[] { 3, 2, 1 }));
    }

    [Test]
    public async Task Pager_cancelled_within_page_stops_at_next_item([Values] bool isPagers)
    {
        using var cancellation = new CancellationTokenSource();
        var pager = new Pager<int>((_, _) => Task.FromResult(new Page<int>(Enumerable.Range(1, 1000))), isPagers ? cancellation.Token : default);
        int last = 0;

        Assert.That(
            async () =>
            {
                await foreach (int item in pager.WithCancellation(isPagers ? default : cancellation.Token))
                {
                    last = item;
                    if (item == 700)
                    {
                        await cancellation.CancelAsync();
                    }
                }
            },
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
        Assert.That(last, Is.EqualTo(700));
    }

    [Test]
    public async Task Pager_cancelled_between_pages_stops([Values] bool isPagers)
    {
        using var cancellation = new CancellationTokenSource();
        CancellationToken ofPager = isPagers ? cancellation.Token : default;
        CancellationToken ofCaller = isPagers ? default : cancellation.Token;
        var pager = new Pager<string>((previous, _) => Fetched(previous?.NextKey, () => new Page<string>(["a"], "k" + _fetched.Count, true)), ofPager);
        await using IAsyncEnumerator<string> items = pager.GetAsyncEnumerator(ofCaller);
        await items.MoveNextAsync();

        await cancellation.CancelAsync();

        Assert.That(async () => await items.MoveNextAsync(), Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
        Assert.That(_fetched, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Pager_cancelled_by_either_token_cancels_request([Values] bool isPagers)
    {
        using var one = new CancellationTokenSource();
        using var two = new CancellationTokenSource();
        using var server = RawServer.Silent(out Task reached);
        using RetellClient client = Operations.Client(server.Url);
        var pager = new Pager<Thing>(async (_, token) => new Page<Thing>([await client.CallAsync(Operations.Read, cancellationToken: token)]), one.Token);
        await using IAsyncEnumerator<Thing> items = pager.GetAsyncEnumerator(two.Token);
        ValueTask<bool> next = items.MoveNextAsync();
        await reached;

        await (isPagers ? one : two).CancelAsync();

        Assert.That(async () => await next, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Pager_exception_of_page_is_thrown()
    {
        var pager = new Pager<string>((_, _) => throw new RetellException("no"));

        Assert.That(() => ItemsAsync(pager), Throws.InstanceOf<RetellException>());
    }

    private static async Task<List<T>> ItemsAsync<T>(Pager<T> pager)
    {
        var items = new List<T>();
        await foreach (T item in pager)
        {
            items.Add(item);
        }

        return items;
    }

    private static async Task<TException> FailureAsync<TException>(Pager<string> pager, List<string> items)
        where TException : Exception
    {
        try
        {
            await foreach (string item in pager)
            {
                items.Add(item);
            }
        }
        catch (TException e)
        {
            return e;
        }

        throw new AssertionException("The list ended without an exception.");
    }

    private Pager<string> ByKey(Func<string?, Page<string>> page) =>
        new((previous, _) => Fetched(previous?.NextKey, () => page(previous?.NextKey)));

    private Pager<string> Keyed(params (string First, string? Second)[] pages) => ByKey(key =>
    {
        int number = key is null ? 0 : int.Parse(key[1..], System.Globalization.CultureInfo.InvariantCulture);
        bool hasMore = number < pages.Length - 1;
        return new Page<string>(new[] { pages[number].First, pages[number].Second }.OfType<string>(), hasMore ? $"k{number + 1}" : null, hasMore);
    });

    private Pager<string> Arrays(long? pageSize, params string[][] pages) => Pager.ByLastItem<string>(
        "listThings",
        (last, _) =>
        {
            _fetched.Add(last);
            return Task.FromResult<IList<string>>(pages[_fetched.Count - 1]);
        },
        item => item,
        null,
        pageSize,
        default);

    private Task<Page<string>> Fetched(string? key, Func<Page<string>> page)
    {
        _fetched.Add(key);
        Assert.That(_fetched, Has.Count.LessThan(20), "It never ends.");
        return Task.FromResult(page());
    }
}
