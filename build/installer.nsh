; Added to electron-builder's installer: the network's rules, the data folder, and on the clinic's main computer the task
; that starts the hub with Windows. A silent install is asked with /HUB.
!include FileFunc.nsh

!macro AnteroomRule NAME PROTOCOL PORT
  nsExec::Exec 'netsh advfirewall firewall delete rule name="Anteroom ${NAME}"'
  nsExec::Exec 'netsh advfirewall firewall add rule name="Anteroom ${NAME}" dir=in action=allow protocol=${PROTOCOL} localport=${PORT} profile=private,domain'
!macroend

!macro AnteroomNoRule NAME
  nsExec::Exec 'netsh advfirewall firewall delete rule name="Anteroom ${NAME}"'
!macroend

!macro customInstall
  !insertmacro AnteroomRule "stations" TCP 8743
  !insertmacro AnteroomRule "boards and tickets" TCP 8744
  !insertmacro AnteroomRule "finding by name" UDP 5353
  !insertmacro AnteroomRule "finding by broadcast" UDP 8745

  ; Made here, so that nobody else can make it first. System, administrators and local service own it.
  ReadEnvStr $0 PROGRAMDATA
  CreateDirectory "$0\Anteroom"
  CreateDirectory "$0\Anteroom\public"
  nsExec::Exec 'icacls "$0\Anteroom" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-19:(OI)(CI)F'
  ; What is public in it: where the service listens, and what it proves itself with.
  nsExec::Exec 'icacls "$0\Anteroom\public" /grant:r *S-1-5-32-545:(OI)(CI)RX'

  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/HUB" $2
  IfErrors 0 anteroomHub
  MessageBox MB_YESNO|MB_ICONQUESTION "Is this the clinic's main computer?$\r$\n$\r$\nThen Anteroom starts with Windows, before anyone signs in." /SD IDNO IDYES anteroomHub
  ; A station runs in the window of whoever sits here.
  nsExec::Exec 'icacls "$0\Anteroom" /grant:r *S-1-5-32-545:(OI)(CI)M'
  Goto anteroomDone
anteroomHub:
  nsExec::Exec 'icacls "$0\Anteroom" /remove:g *S-1-5-32-545'
  nsExec::Exec 'schtasks /Create /F /TN "Anteroom" /XML "$INSTDIR\resources\service\anteroom-task.xml"'
  nsExec::Exec 'schtasks /Run /TN "Anteroom"'
anteroomDone:
!macroend

; Before files are replaced by a newer version, and when it goes for good.
!macro customUnInstall
  nsExec::Exec 'schtasks /End /TN "Anteroom"'
  ${ifNot} ${isUpdated}
    nsExec::Exec 'schtasks /Delete /F /TN "Anteroom"'
    !insertmacro AnteroomNoRule "stations"
    !insertmacro AnteroomNoRule "boards and tickets"
    !insertmacro AnteroomNoRule "finding by name"
    !insertmacro AnteroomNoRule "finding by broadcast"
  ${endIf}
  ; The data stays.
!macroend
