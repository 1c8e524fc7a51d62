namespace Retell.Testing;

/// <summary>What the fake answers to the id of a thing that was never created or seeded.</summary>
public enum FakeUnknownIds
{
    /// <summary>
    /// A sample with that id, so that a test needs no set-up. Once anything of the kind was created or seeded, what
    /// exists is known, and other ids of the kind are errors.
    /// </summary>
    Sample,

    /// <summary>
    /// An error as the API answers it: 422, for newer kinds 404. Lists are empty until something was created or seeded, and calls
    /// and chats need an agent that exists.
    /// </summary>
    NotFound,
}
