using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Facade;

/// <summary>Lists are fetched as far as somebody reads them, and always end.</summary>
internal sealed class PagerTests
{
    private readonly List<string?> _fetched = [];

    [SetUp]
    public void Clear() => _fetched.Clear();

    [Test]
    public async Task Pages_follow_their_keys()
    {
        Pager<string> pager = Keyed(("a", "b"), ("c", null));

        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(_fetched, Is.EqualTo(new[] { null, "k1" }));
    }

    [Test]
    public async Task Each_enumeration_starts_anew()
    {
        Pager<string> pager = Keyed(("a", "b"), ("c", null));

        List<string> first = await ItemsAsync(pager);
        Assert.That(await ItemsAsync(pager), Is.EqualTo(first));
        Assert.That(_fetched, Is.EqualTo(new[] { null, "k1", null, "k1" }));
    }

    [Test]
    public async Task Pages_can_be_read_as_such()
    {
        var pages = new List<Page<string>>();
        await foreach (Page<string> page in Keyed(("a", "b"), ("c", null)).AsPages())
        {
            pages.Add(page);
        }

        Assert.That(pages.Select(page => (page.Items.Count, page.NextKey, page.HasMore)), Is.EqualTo(new[] { (2, "k1", true), (1, null!, false) }));
    }

    [Test]
    public async Task Who_stops_early_fetches_no_more()
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
    public async Task An_empty_page_ends_the_list()
    {
        Pager<string> pager = Pager.ByKey((key, _) => Fetched(key, new Page<string>(key is null ? ["a"] : [], "k" + _fetched.Count, true)), default);

        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a" }));
        Assert.That(_fetched, Has.Count.EqualTo(2));
    }

    [TestCase(1, 2)]
    [TestCase(2, 3)]
    public async Task A_key_that_comes_again_ends_the_list(int cycle, int fetches)
    {
        Pager<string> pager = Pager.ByKey((key, _) => Fetched(key, new Page<string>(["a"], $"k{_fetched.Count % cycle}", true)), default);

        Assert.That(await ItemsAsync(pager), Has.Count.EqualTo(fetches));
    }

    [Test]
    public async Task A_page_without_items_or_key_ends_the_list()
    {
        Assert.That(await ItemsAsync(Pager.ByKey((key, _) => Fetched(key, new Page<string>(null, "k", true)), default)), Is.Empty);
        Assert.That(await ItemsAsync(Pager.ByKey((key, _) => Fetched(key, new Page<string>(["a"], null, true)), default)), Has.Count.EqualTo(1));
        Assert.That(_fetched, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_plain_array_goes_on_after_its_last_item()
    {
        Pager<string> pager = Arrays(null, ["a", "b"], ["c"], []);

        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(_fetched, Is.EqualTo(new[] { null, "b", "c" }));
    }

    [Test]
    public async Task A_plain_array_that_is_not_full_is_the_last()
    {
        Pager<string> pager = Arrays(2, ["a", "b"], ["c"], ["never"]);

        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(_fetched, Is.EqualTo(new[] { null, "b" }));
    }

    [Test]
    public async Task A_page_size_beyond_the_API_s_does_not_end_the_list()
    {
        string[] full = [.. Enumerable.Range(0, 1000).Select(i => $"a{i}")];
        Pager<string> pager = Arrays(5000, full, ["b"], ["never"]);

        Assert.That(await ItemsAsync(pager), Has.Count.EqualTo(1001));
    }

    [Test]
    public async Task A_list_without_pages_is_fetched_once()
    {
        Pager<string> pager = Pager.Single<string>(_ => Task.FromResult<IList<string>>([.. _fetched.Select(_ => "never").Append("a")]), default);

        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a" }));
        Assert.That(await ItemsAsync(pager), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task A_server_that_ignores_the_key_does_not_loop()
    {
        Pager<string> pager = Arrays(null, ["a"], ["a"], ["a"]);

        Assert.That(await ItemsAsync(pager), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Cancellation_stops_between_pages([Values] bool isPagers)
    {
        using var cancellation = new CancellationTokenSource();
        CancellationToken ofPager = isPagers ? cancellation.Token : default;
        CancellationToken ofCaller = isPagers ? default : cancellation.Token;
        var pager = new Pager<string>((previous, _) => Fetched(previous?.NextKey, new Page<string>(["a"], "k" + _fetched.Count, true)), ofPager);
        await using IAsyncEnumerator<string> items = pager.GetAsyncEnumerator(ofCaller);
        await items.MoveNextAsync();

        await cancellation.CancelAsync();

        Assert.That(async () => await items.MoveNextAsync(), Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
        Assert.That(_fetched, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Either_token_reaches_the_call([Values] bool isPagers)
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
    public void An_error_comes_through()
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

    private Pager<string> Keyed(params (string First, string? Second)[] pages) => Pager.ByKey((key, _) =>
    {
        int number = key is null ? 0 : int.Parse(key[1..], System.Globalization.CultureInfo.InvariantCulture);
        bool hasMore = number < pages.Length - 1;
        return Fetched(key, new Page<string>(new[] { pages[number].First, pages[number].Second }.OfType<string>(), hasMore ? $"k{number + 1}" : null, hasMore));
    }, default);

    private Pager<string> Arrays(long? pageSize, params string[][] pages) => Pager.ByLastItem<string>(
        (last, _) =>
        {
            _fetched.Add(last);
            return Task.FromResult<IList<string>>(pages[_fetched.Count - 1]);
        },
        item => item,
        pageSize,
        default);

    private Task<Page<string>> Fetched(string? key, Page<string> page)
    {
        _fetched.Add(key);
        Assert.That(_fetched, Has.Count.LessThan(20), "It never ends.");
        return Task.FromResult(page);
    }
}
