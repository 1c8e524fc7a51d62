using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>The people that agents talk with, and what is known of them.</summary>
public class ContactsResource
{
    private readonly ContactsClient? _raw;

    /// <summary>For test doubles.</summary>
    protected ContactsResource()
    {
    }

    internal ContactsResource(ContactsClient raw) => _raw = raw;

    private ContactsClient Raw => Resource.Required(_raw);

    /// <summary>Creates a contact. Calls <c>createContact</c>.</summary>
    /// <param name="phoneNumber">The phone number, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="firstName">The first name.</param>
    /// <param name="lastName">The last name.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The contact.</returns>
    /// <exception cref="ArgumentException"><paramref name="phoneNumber"/> is no phone number in E.164 format.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Contact> CreateAsync(string phoneNumber, string? firstName = null, string? lastName = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateContactRequest
            {
                PhoneNumber = Resource.PhoneNumber(phoneNumber),
                FirstName = firstName,
                LastName = lastName,
            },
            options,
            cancellationToken);

    /// <summary>Creates a contact. Calls <c>createContact</c>.</summary>
    /// <param name="request">Phone number, name and fields of your own.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The contact.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Contact> CreateAsync(CreateContactRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateContactAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads a contact. Calls <c>getContact</c>.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The contact.</returns>
    /// <exception cref="ArgumentException"><paramref name="contactId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Contact> GetAsync(string contactId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetContactAsync(Resource.NotEmpty(contactId), options, cancellationToken);

    /// <summary>Reads the contact with a phone number. Calls <c>getContactByPhone</c>.</summary>
    /// <param name="phoneNumber">The phone number, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The contact.</returns>
    /// <exception cref="ArgumentException"><paramref name="phoneNumber"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Contact> GetByPhoneAsync(string phoneNumber, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetContactByPhoneAsync(Resource.NotEmpty(phoneNumber), options, cancellationToken);

    /// <summary>Lists contacts, page by page while the list is enumerated. Calls <c>listContacts</c>.</summary>
    /// <param name="request">Filter, order and page size (<c>Limit</c>); a pagination key there is where the list starts. It is not changed.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The contacts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The page size is not from 1 to 1000.</exception>
    public virtual Pager<Contact> ListAsync(ListContactsRequest? request = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            request?.Limit,
            (key, token) => Raw.ListContactsAsync(Resource.ForPage(request, key, (next, from) => (next.PaginationKey, next.Skip) = (from, null)), options, token),
            page => new Page<Contact>(page.Items, page.PaginationKey, page.HasMore, (long?)page.Total),
            cancellationToken,
            nameof(request));

    /// <summary>Changes a contact. Calls <c>updateContact</c>.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="change">Sets what is to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The contact as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="contactId"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Contact> UpdateAsync(string contactId, Action<UpdateContactRequest> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(contactId, Resource.Configured(change), options, cancellationToken);

    /// <summary>Changes a contact. Calls <c>updateContact</c>.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">What to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The contact as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="contactId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Contact> UpdateAsync(string contactId, UpdateContactRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateContactAsync(Resource.NotEmpty(contactId), Resource.NotNull(request), options, cancellationToken);

    /// <summary>Deletes a contact. Calls <c>deleteContact</c>.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the contact is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="contactId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string contactId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteContactAsync(Resource.NotEmpty(contactId), options, cancellationToken);

    /// <summary>Lists the calls and chats with a contact, page by page while the list is enumerated. Calls <c>listContactConversations</c>.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="pageSize">How many conversations one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The calls and chats.</returns>
    /// <exception cref="ArgumentException"><paramref name="contactId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<IContactConversation> ListConversationsAsync(string contactId, long? pageSize = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Resource.NotEmpty(contactId);
        return Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListContactConversationsAsync(contactId, pageSize, key, options, token),
            page => new Page<IContactConversation>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);
    }

    /// <summary>Uploads a file to import contacts from. Calls <c>uploadContactImportFile</c>.</summary>
    /// <param name="file">The file with a contact a line.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The id of the upload, for <see cref="CreateImportAsync(string, IEnumerable{CrmSyncMapping}, RequestOptions?, CancellationToken)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ContactImportUpload> UploadImportFileAsync(RetellFile file, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UploadImportFileAsync(new UploadContactImportFileRequest { File = Resource.NotNull(file) }, options, cancellationToken);

    /// <summary>Uploads a file to import contacts from. Calls <c>uploadContactImportFile</c>.</summary>
    /// <param name="request">The file.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The id of the upload, for <see cref="CreateImportAsync(CreateContactImportRequest, RequestOptions?, CancellationToken)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ContactImportUpload> UploadImportFileAsync(UploadContactImportFileRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UploadContactImportFileAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Starts to import contacts from an uploaded file. Calls <c>createContactImport</c>.</summary>
    /// <param name="uploadId">The upload, as <see cref="UploadImportFileAsync(RetellFile, RequestOptions?, CancellationToken)"/> gave it.</param>
    /// <param name="columnMapping">Which column of the file holds which field.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>How far it is; <see cref="GetImportAsync"/> says so later.</returns>
    /// <exception cref="ArgumentException"><paramref name="uploadId"/> is null or empty, or <paramref name="columnMapping"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<JobStatus> CreateImportAsync(string uploadId, IEnumerable<CrmSyncMapping> columnMapping, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateImportAsync(
            new CreateContactImportRequest
            {
                UploadId = Resource.NotEmpty(uploadId),
                ColumnMapping = Resource.ListOf(Resource.NotNull(columnMapping)),
            },
            options,
            cancellationToken);

    /// <summary>Starts to import contacts from an uploaded file. Calls <c>createContactImport</c>.</summary>
    /// <param name="request">The upload, its columns, and what all its contacts get.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>How far it is; <see cref="GetImportAsync"/> says so later.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<JobStatus> CreateImportAsync(CreateContactImportRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateContactImportAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads how far the import of contacts is. Calls <c>getContactImport</c>.</summary>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>How far it is.</returns>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<JobStatus> GetImportAsync(RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetContactImportAsync(options, cancellationToken);

    /// <summary>Starts to fill fields of contacts from the analyses of earlier calls. Calls <c>backfillContactAnalysisData</c>.</summary>
    /// <param name="attributes">The fields to fill, at most 200.</param>
    /// <param name="filter">The calls to take the data from; by default all.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>How far it is; <see cref="GetBackfillStatusAsync"/> says so later.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="attributes"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<JobStatus> BackfillAnalysisAsync(IEnumerable<string> attributes, BackfillCallFilter? filter = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        BackfillAnalysisAsync(
            new BackfillContactAnalysisDataRequest
            {
                BackfillAttributes = Resource.ListOf(Resource.NotNull(attributes)),
                BackfillCallFilter = filter,
            },
            options,
            cancellationToken);

    /// <summary>Starts to fill fields of contacts from the analyses of earlier calls. Calls <c>backfillContactAnalysisData</c>.</summary>
    /// <param name="request">The fields to fill, and the calls to take the data from.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>How far it is; <see cref="GetBackfillStatusAsync"/> says so later.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<JobStatus> BackfillAnalysisAsync(BackfillContactAnalysisDataRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.BackfillContactAnalysisDataAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads how far the filling of fields is. Calls <c>getBackfillContactJobStatus</c>.</summary>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>How far it is.</returns>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<JobStatus> GetBackfillStatusAsync(RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetBackfillContactJobStatusAsync(options, cancellationToken);
}
