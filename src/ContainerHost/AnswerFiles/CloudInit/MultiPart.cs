using System.Text;
using ContainerHost.Specification;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>Several parts of user data as one MIME message (cloud-init's documentation, "User data formats").</summary>
internal static class MultiPart
{
    /// <summary>The user's data first and whole, byte for byte, then parts of ours: cloud-init merges in this order.</summary>
    public static byte[] Write(byte[] user, IEnumerable<(string Type, string Text)> ours)
    {
        var boundary = $"=={Fingerprint.OfBytes(user, digits: 40)}==";
        var message = new MemoryStream();
        Text($"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"{boundary}\"\n\n--{boundary}\n");
        if (UserParts.IsMime(user))
            message.Write(user);
        else
            Part("text/plain", user);
        foreach (var (type, text) in ours)
        {
            Text($"\n--{boundary}\n");
            Part(type, Encoding.UTF8.GetBytes(text));
        }
        Text($"\n--{boundary}--\n");
        return message.ToArray();

        void Text(string text) => message.Write(Encoding.ASCII.GetBytes(text));

        // Nothing else keeps every byte: the message as a whole must be UTF-8 text.
        void Part(string type, byte[] content) =>
            Text(
                $"Content-Type: {type}; charset=\"utf-8\"\nContent-Transfer-Encoding: base64\n\n"
                    + Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n")
                    + "\n"
            );
    }
}
