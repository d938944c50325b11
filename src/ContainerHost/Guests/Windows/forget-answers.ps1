# Removes what set-up keeps of its answer file, and the password of the automatic log-in, of which Windows has two places; then looks whether
# anything is left.
Set-StrictMode -Version 3.0
$winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
$folders = @(
    (Join-Path $env:SystemRoot 'Panther')
    (Join-Path $env:SystemRoot 'Panther\Unattend')
    (Join-Path $env:SystemRoot 'System32\Sysprep')
)

# LSA's secret (Microsoft's "Protecting the Automatic Logon Password"); what is read of it is whether it is there. Windows PowerShell compiles C# 5.
Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;

public static class AutoLogonSecret
{
    [StructLayout(LayoutKind.Sequential)]
    struct Text { public ushort Length; public ushort MaximumLength; public IntPtr Buffer; }

    [StructLayout(LayoutKind.Sequential)]
    struct Attributes
    {
        public int Length; public IntPtr RootDirectory; public IntPtr ObjectName;
        public uint Flags; public IntPtr SecurityDescriptor; public IntPtr SecurityQualityOfService;
    }

    const uint GetPrivateInformation = 0x4;
    const uint CreateSecret = 0x20;
    const uint NotFound = 0xC0000034;

    [DllImport("advapi32.dll")] static extern uint LsaOpenPolicy(IntPtr system, ref Attributes attributes, uint access, out IntPtr policy);
    [DllImport("advapi32.dll")] static extern uint LsaStorePrivateData(IntPtr policy, ref Text key, IntPtr data);
    [DllImport("advapi32.dll")] static extern uint LsaRetrievePrivateData(IntPtr policy, ref Text key, out IntPtr data);
    [DllImport("advapi32.dll")] static extern int LsaNtStatusToWinError(uint status);
    [DllImport("advapi32.dll")] static extern uint LsaFreeMemory(IntPtr buffer);
    [DllImport("advapi32.dll")] static extern uint LsaClose(IntPtr policy);

    public static void Remove()
    {
        Use(CreateSecret, delegate(IntPtr policy, Text key) { return LsaStorePrivateData(policy, ref key, IntPtr.Zero); });
    }

    public static bool IsThere()
    {
        return Use(GetPrivateInformation, delegate(IntPtr policy, Text key)
        {
            IntPtr data;
            uint status = LsaRetrievePrivateData(policy, ref key, out data);
            if (status != 0 || data == IntPtr.Zero) return status == 0 ? NotFound : status;
            try { return ((Text)Marshal.PtrToStructure(data, typeof(Text))).Length > 0 ? 0 : NotFound; }
            finally { LsaFreeMemory(data); }
        });
    }

    // True when what was looked for was there.
    static bool Use(uint access, Func<IntPtr, Text, uint> use)
    {
        Attributes attributes = new Attributes();
        attributes.Length = Marshal.SizeOf(typeof(Attributes));
        IntPtr policy;
        Check(LsaOpenPolicy(IntPtr.Zero, ref attributes, access, out policy));
        const string name = "DefaultPassword";
        Text key = new Text();
        key.Buffer = Marshal.StringToHGlobalUni(name);
        key.Length = (ushort)(name.Length * 2);
        key.MaximumLength = (ushort)(name.Length * 2 + 2);
        try
        {
            uint status = use(policy, key);
            if (status == NotFound) return false;
            Check(status);
            return true;
        }
        finally { Marshal.FreeHGlobal(key.Buffer); LsaClose(policy); }
    }

    static void Check(uint status) { if (status != 0) throw new Win32Exception(LsaNtStatusToWinError(status)); }
}
'@

function Find-Answers {
    foreach ($folder in $folders) {
        if (Test-Path -LiteralPath $folder) {
            Get-ChildItem -LiteralPath $folder -File | Where-Object Name -Like '*unattend*.xml' | ForEach-Object FullName
        }
    }
}

function Find-Password {
    $item = Get-ItemProperty -LiteralPath $winlogon
    if ($item.PSObject.Properties.Name -contains 'DefaultPassword') { "$winlogon\DefaultPassword" }
}

function Find-Secret {
    if ([AutoLogonSecret]::IsThere()) { 'the secret DefaultPassword of LSA' }
}

function Find-Medium {
    # Drives of the kind 5 are discs.
    foreach ($drive in Get-CimInstance -ClassName Win32_LogicalDisk -Filter 'DriveType = 5') {
        foreach ($name in 'autounattend.xml', 'unattend.xml', 'host-key', 'password') {
            # An empty drive is no place for PowerShell's own commands.
            $path = "$($drive.DeviceID)$([System.IO.Path]::DirectorySeparatorChar)$name"
            if ([System.IO.File]::Exists($path)) { $path }
        }
    }
}

foreach ($file in @(Find-Answers)) { Remove-Item -LiteralPath $file -Force }
foreach ($name in 'DefaultPassword', 'AutoLogonCount') {
    Remove-ItemProperty -LiteralPath $winlogon -Name $name -ErrorAction SilentlyContinue
}
Set-ItemProperty -LiteralPath $winlogon -Name 'AutoAdminLogon' -Value '0'
[AutoLogonSecret]::Remove()

ConvertTo-Json -Compress @{ left = @(@(Find-Answers) + @(Find-Password) + @(Find-Secret) + @(Find-Medium) | Where-Object { $_ }) }
